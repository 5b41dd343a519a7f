// Runs on any Node ≥ 20, before anything is installed: installs what is missing, then hands over to the Node of the lock file.
import { spawn } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { whenNpmIsGone } from './npm-watch.mjs';
import { lockDigest, programsOf } from './programs.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const bin = join(root, 'node_modules', '.bin');
const stamp = join(root, 'node_modules', '.digione-installed');
/** Programs run from their bundle; tests and benches from their sources. */
const entries = {
  start: (programs) => join(programs, 'core', 'launch', 'start.mjs'),
  import: (programs) => join(programs, 'core', 'launch', 'import.mjs'),
  test: () => join(root, 'test', 'run.ts'),
  bench: () => join(root, 'test', 'bench', 'run.ts'),
  pack: () => join(root, 'sdk', 'cli', 'release', 'main.ts'),
};

function isInstalled() {
  return existsSync(stamp) && readFileSync(stamp, 'utf8') === lockDigest(root);
}

async function install() {
  console.log('Installing packages (once, and again when package-lock.json changes) …');
  const npm = process.env.npm_execpath;
  const [command, first] = npm ? [process.execPath, [npm]] : ['npm', []];
  const code = await run(command, [...first, 'ci', '--no-audit', '--no-fund', '--loglevel=error'], {
    stdio: 'inherit',
  });
  if (code !== 0) {
    console.error('The installation failed; the lines above say why. Nothing was started.');
    process.exit(1);
  }
  writeFileSync(stamp, lockDigest(root));
}

async function handOver(verb) {
  const programs = await programsOf(root);
  if (told) return 1;
  const windows = process.platform === 'win32';
  const node = join(root, 'node_modules', 'node', 'bin', windows ? 'node.exe' : 'node');
  return run(node, ['--disable-warning=ExperimentalWarning', entries[verb](programs), ...process.argv.slice(3)], {
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
    env: {
      ...process.env,
      PATH: `${bin}${delimiter}${process.env.PATH}`,
      DIGIONE_PROGRAMS: programs,
      NODE_COMPILE_CACHE: join(root, 'node_modules', '.compile-cache'),
    },
  });
}

let running;
let told = false;

function run(command, args, options) {
  running = spawn(command, args, { cwd: root, ...options });
  return new Promise((resolve) => {
    running.once('error', (error) => {
      console.error(error.message);
      resolve(1);
    });
    running.once('exit', (code, signal) => resolve(code ?? (signal ? 1 : 0)));
  });
}

/** Everything that runs hears of it and ends in its own order; this process ends after it. */
function tell(signal) {
  told = true;
  running?.kill(signal);
}

for (const signal of ['SIGTERM', 'SIGINT']) process.on(signal, () => tell(signal));
process.on('SIGHUP', () => tell('SIGTERM'));
whenNpmIsGone(() => tell('SIGTERM'));

const verb = process.argv[2];
if (!(verb in entries)) {
  console.error(`Usage: bootstrap.mjs ${Object.keys(entries).join(' | ')}`);
  process.exit(2);
}
if (!isInstalled()) await install();
process.exit(told ? 1 : await handOver(verb));
