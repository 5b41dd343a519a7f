import { spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmbeddedPostgres } from '../core/db/index.ts';

/**
 * `npm test`: everything, in the order in which it fails cheapest. `npm test -- <files>`: just those test files.
 * One PostgreSQL serves the whole run; DIGIONE_TEST_POSTGRES names another.
 */
const steps: { name: string; command: string; args: string[] }[] = [
  { name: 'types', command: 'tsc', args: ['--noEmit', '-p', '.'] },
  { name: 'types of the portal', command: 'tsc', args: ['--noEmit', '-p', 'core/portal'] },
  { name: 'lint', command: 'biome', args: ['check', '--diagnostic-level=error', '.'] },
  { name: 'tests', command: 'ava', args: [] },
];

const files = process.argv.slice(2);
const chosen = files.length > 0 ? [{ name: 'tests', command: 'ava', args: files }] : steps;

const folder = mkdtempSync(join(tmpdir(), 'digione-test-'));
// Entered by PostgreSQL's own user too, when the tests run as root.
chmodSync(folder, 0o755);
const own = process.env['DIGIONE_TEST_POSTGRES']
  ? undefined
  : await startEmbeddedPostgres({ dataFolder: join(folder, 'postgres'), database: 'tests', durable: false });
const environment = {
  ...process.env,
  DIGIONE_TEST_POSTGRES: process.env['DIGIONE_TEST_POSTGRES'] ?? own?.url,
  DIGIONE_TEST_FOLDER: folder,
  // What a test leaves in the folder of temporary files goes with the run.
  TMPDIR: folder,
};

let running: ReturnType<typeof spawn> | undefined;
let told = false;
const end = (signal: 'SIGTERM' | 'SIGINT') => {
  told = true;
  running?.kill(signal);
};
for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => end(signal));
// Whoever started the run is gone.
process.on('disconnect', () => end('SIGTERM'));

async function run({ name, command, args }: (typeof steps)[number]): Promise<boolean> {
  const started = Date.now();
  console.log(`\n── ${name}`);
  running = spawn(command, args, { stdio: 'inherit', env: environment });
  const code = await new Promise<number | null>((resolve) => running?.once('exit', resolve));
  console.log(
    `── ${name}: ${code === 0 ? 'passed' : `failed (exit ${code})`} after ${Math.round((Date.now() - started) / 1000)} s`,
  );
  return code === 0;
}

let failed = 0;
try {
  for (const step of chosen) if (told || !(await run(step))) failed += 1;
} finally {
  await own?.[Symbol.asyncDispose]();
  rmSync(folder, { recursive: true, force: true });
}
console.log(`\n${chosen.length - failed} passed, ${failed} failed`);
process.exit(failed > 0 ? 1 : 0);
