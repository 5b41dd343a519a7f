// Readers against withdrawals of consent on two nodes: more than 20 000 interleavings, and not one stale row.
import { mkdtempSync, rmSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmbeddedPostgres } from '../../core/db/index.ts';
import { playWithdrawals } from '../core/access/withdrawals.ts';

const rounds = Number(process.env['DIGIONE_ROUNDS'] ?? 2_500);
const seed = Number(process.env['DIGIONE_SEED'] ?? Math.floor(Date.now() / 1000));

const folder = mkdtempSync(join(tmpdir(), 'digione-withdrawals-'));
const server = await startEmbeddedPostgres({ dataFolder: join(folder, 'postgres'), database: 'withdrawals' });
process.env['DIGIONE_TEST_POSTGRES'] = server.url;
const { testDatabase } = await import('../support/database.ts');
const started = performance.now();
try {
  await using platform = await testDatabase();
  const seen = await playWithdrawals(platform, {
    rounds,
    seed,
    onRound: (round) => round % 250 === 0 && console.log(`${round} rounds`),
  });
  const result = {
    name: 'withdrawals',
    date: new Date().toISOString(),
    node: process.version,
    cpus: availableParallelism(),
    nodes: 2,
    rounds,
    seed,
    ...seen,
    seconds: Math.round((performance.now() - started) / 1000),
    met: seen.stale === 0 && seen.sawBefore > 0 && seen.interleavings >= 20_000,
  };
  console.log(JSON.stringify(result, null, 2));
  const results = new URL('./results/', import.meta.url);
  await mkdir(results, { recursive: true });
  await writeFile(new URL('withdrawals.json', results), `${JSON.stringify(result, null, 2)}\n`);
  if (!result.met) process.exitCode = 1;
} finally {
  await server[Symbol.asyncDispose]();
  rmSync(folder, { recursive: true, force: true });
}
