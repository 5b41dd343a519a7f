// The reference decision, the statement of the hot path and the index in memory on at least 100 000 random worlds, in several
// processes, each with a database and seeds of its own.
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startEmbeddedPostgres } from '../../core/db/index.ts';
import { type Agreement, worldsAgree } from '../core/access/many-worlds.ts';

const worlds = Number(process.env['DIGIONE_WORLDS'] ?? 100_000);
const lanes = Number(process.env['DIGIONE_LANES'] ?? Math.max(2, availableParallelism()));
const seedOfLane = process.env['DIGIONE_LANE_SEED'];

if (seedOfLane === undefined) await compareAll();
else await compareLane(Number(seedOfLane));

async function compareLane(seed: number): Promise<void> {
  const { testDatabase } = await import('../support/database.ts');
  await using platform = await testDatabase();
  const onBatch = ({ worlds: done, disagreements }: Agreement) => {
    if (done % 5_000 === 0) console.log(`seed ${seed}: ${done} worlds, ${disagreements.length} disagreements`);
  };
  process.send!(await worldsAgree(platform, { worlds, seed, batch: 500, questionsPerWorld: 1, onBatch }));
  process.disconnect();
}

async function compareAll(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'digione-worlds-'));
  const server = await startEmbeddedPostgres({ dataFolder: join(folder, 'postgres'), database: 'worlds' });
  const started = performance.now();
  try {
    const first = Number(process.env['DIGIONE_SEED'] ?? Math.floor(Date.now() / 1000));
    const seeds = Array.from({ length: lanes }, (_, lane) => first + lane * 10_000_000);
    const parts = await Promise.all(seeds.map((seed) => laneOf(server.url, seed)));
    const sum = (of: (part: Agreement) => number) => parts.reduce((total, part) => total + of(part), 0);
    const disagreements = parts.flatMap((part) => part.disagreements);
    const result = {
      name: 'decide-worlds',
      date: new Date().toISOString(),
      node: process.version,
      cpus: availableParallelism(),
      seeds,
      worlds: sum((part) => part.worlds),
      questions: sum((part) => part.questions),
      fieldsOfIndex: sum((part) => part.fields),
      shown: sum((part) => part.shown),
      refused: sum((part) => part.refused),
      disagreements,
      seconds: Math.round((performance.now() - started) / 1000),
      met: disagreements.length === 0 && sum((part) => part.worlds) >= 100_000,
    };
    console.log(JSON.stringify(result, null, 2));
    const results = new URL('./results/', import.meta.url);
    await mkdir(results, { recursive: true });
    await writeFile(new URL('decide-worlds.json', results), `${JSON.stringify(result, null, 2)}\n`);
    if (disagreements.length > 0) process.exitCode = 1;
  } finally {
    await server[Symbol.asyncDispose]();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function laneOf(url: string, seed: number): Promise<Agreement> {
  const env = {
    ...process.env,
    DIGIONE_TEST_POSTGRES: url,
    DIGIONE_LANE_SEED: String(seed),
    DIGIONE_WORLDS: String(Math.ceil(worlds / lanes)),
  };
  const child = fork(fileURLToPath(import.meta.url), { env, execArgv: ['--disable-warning=ExperimentalWarning'] });
  const parts: Agreement[] = [];
  child.on('message', (part) => parts.push(part as Agreement));
  // The lane drops its database at its end: the server has to live until then.
  const [code] = await once(child, 'exit');
  return parts[0] ?? Promise.reject(new Error(`A lane ended without an answer (${code}).`));
}
