// The reference decision, the statement of the hot path and the index in memory on at least 100 000 random worlds.
import { mkdtempSync, rmSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmbeddedPostgres } from '../../core/db/index.ts';
import { worldsAgree } from '../core/access/many-worlds.ts';

const worlds = Number(process.env['DIGIONE_WORLDS'] ?? 100_000);
const seed = Number(process.env['DIGIONE_SEED'] ?? Math.floor(Date.now() / 1000));

const folder = mkdtempSync(join(tmpdir(), 'digione-worlds-'));
const server = await startEmbeddedPostgres({ dataFolder: join(folder, 'postgres'), database: 'worlds' });
process.env['DIGIONE_TEST_POSTGRES'] = server.url;
const { testDatabase } = await import('../support/database.ts');
const started = performance.now();
try {
  await using platform = await testDatabase();
  const { disagreements, ...counted } = await worldsAgree(platform, {
    worlds,
    seed,
    batch: 500,
    questionsPerWorld: 2,
    onBatch: ({ worlds: done, disagreements: found }) => {
      if (done % 5_000 === 0) console.log(`${done} worlds, ${found.length} disagreements`);
    },
  });
  const result = {
    name: 'decide-worlds',
    date: new Date().toISOString(),
    node: process.version,
    cpus: availableParallelism(),
    seed,
    ...counted,
    disagreements,
    seconds: Math.round((performance.now() - started) / 1000),
    met: disagreements.length === 0 && counted.worlds >= 100_000,
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
