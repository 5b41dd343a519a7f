import { execFile } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);
const source = fileURLToPath(new URL('../worker/main.ts', import.meta.url));

export interface WorkerCommand {
  file: string;
  args: string[];
  /** Protections of the operating system that this machine offers, for the log and the figures. */
  protections: string[];
}

export interface CommandOptions {
  /** Bound of a worker's data segment. */
  dataBytes: number;
  /** Bundled form of the worker's program. */
  program?: string | undefined;
}

interface Wrapper {
  name: string;
  argv: string[];
}

/** Isolates run on threads with this stack: on the usual 8 MB one endless recursion costs 100 ms and more. */
const stackBytes = 1_500_000;

/** Each wraps what follows; those that the machine does not know or allow are left out. */
function wrappers(dataBytes: number): Wrapper[] {
  return [
    { name: 'no-network', argv: ['unshare', '--net'] },
    { name: 'dies-with-parent', argv: ['setpriv', '--pdeathsig', 'SIGKILL'] },
    { name: 'no-new-privileges', argv: ['setpriv', '--no-new-privs'] },
    { name: 'no-capabilities', argv: ['setpriv', '--bounding-set=-all'] },
    { name: 'first-to-die', argv: ['choom', '-n', '1000', '--'] },
    {
      name: 'data-limit',
      argv: ['prlimit', `--data=${dataBytes}`, '--core=0', '--nofile=64', `--stack=${stackBytes}`],
    },
  ];
}

/** The command line of a worker: as many walls as the machine has, then Node with its permission model and nothing to write to. */
export async function workerCommand({ dataBytes, program = source }: CommandOptions): Promise<WorkerCommand> {
  const usable = await usableWrappers(wrappers(dataBytes));
  const argv = [...usable.flatMap((wrapper) => wrapper.argv), process.execPath, ...nodeArguments(program)];
  return { file: argv[0]!, args: argv.slice(1), protections: usable.map((wrapper) => wrapper.name) };
}

/** Most machines have all: then one look answers. */
async function usableWrappers(all: Wrapper[]): Promise<Wrapper[]> {
  if (await works(all)) return all;
  const usable: Wrapper[] = [];
  for (const wrapper of all) {
    if (await works([...usable, wrapper])) usable.push(wrapper);
  }
  return usable;
}

async function works(chain: Wrapper[]): Promise<boolean> {
  const argv = [...chain.flatMap((wrapper) => wrapper.argv), 'true'];
  return run(argv[0]!, argv.slice(1)).then(
    () => true,
    () => false,
  );
}

function nodeArguments(program: string): string[] {
  return [
    '--no-node-snapshot',
    '--permission',
    '--allow-addons',
    ...readable(program).map((path) => `--allow-fs-read=${path}`),
    '--disable-warning=ExperimentalWarning',
    '--disable-warning=SecurityWarning',
    program,
  ];
}

/** The files that a worker's own code is loaded from. */
function readable(program: string): string[] {
  const require = createRequire(import.meta.url);
  const isolatedVm = dirname(require.resolve('isolated-vm/package.json'));
  const gypBuild = dirname(createRequire(join(isolatedVm, 'package.json')).resolve('node-gyp-build/package.json'));
  const room = fileURLToPath(new URL('..', import.meta.url));
  const core = fileURLToPath(new URL('../../package.json', import.meta.url));
  return [
    room,
    ...(program === source ? [core] : [`${dirname(dirname(dirname(dirname(program))))}/`]),
    `${isolatedVm}/`,
    `${gypBuild}/`,
    '/etc/alpine-release',
    '/proc/self/task/',
  ];
}
