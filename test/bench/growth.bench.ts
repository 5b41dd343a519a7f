// The middle of many class lists in a small nation and in one a hundred times as large, read in turns.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmbeddedPostgres } from '../../core/db/index.ts';
import { growingNation, type Nation } from './growing-nation.ts';
import { compete, medianOf, report } from './harness.ts';

const runs = 5;
const lists = 240;
const largest = Number(process.env['DIGIONE_BENCH_MUNICIPALITIES'] ?? 300);

const folder = mkdtempSync(join(tmpdir(), 'digione-bench-'));
const server = await startEmbeddedPostgres({ dataFolder: join(folder, 'postgres'), database: 'bench' });
process.env['DIGIONE_TEST_POSTGRES'] = server.url;
const nations: Nation[] = [];

async function middleOf(nation: Nation): Promise<number> {
  const times: number[] = [];
  for (let turn = 0; turn < lists; turn += 1) times.push(await nation.read(turn));
  return medianOf(times);
}

try {
  for (const municipalities of [largest / 100, largest / 10, largest]) {
    nations.push(await growingNation(municipalities));
    console.log(`${municipalities} municipalities are there`);
  }
  for (const nation of nations) await middleOf(nation);
  const [small, ...larger] = nations as [Nation, ...Nation[]];
  const rows = [];
  for (const nation of larger) {
    const contest = {
      what: `class list among ${nation.pupils} pupils and as many consents`,
      unit: 'ms, p50',
      besideName: `itself among ${small.pupils}`,
      goal: 1.3,
    } as const;
    const ours = () => middleOf(nation);
    rows.push(await compete({ ...contest, better: 'lower', ours, beside: () => middleOf(small) }, runs));
  }
  await report('growth', runs, rows);
} finally {
  for (const nation of nations) await nation[Symbol.asyncDispose]();
  await server[Symbol.asyncDispose]();
  rmSync(folder, { recursive: true, force: true });
}
