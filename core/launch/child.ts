import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import type { Environment } from '../config/index.ts';

export interface ChildOptions {
  name: string;
  /** TypeScript file of the process. */
  entry: string;
  args: readonly string[];
  environment: Environment;
  logFile: string;
  /** Address that answers 200 when the process is ready. */
  healthUrl: string;
  /** Told when the process ended by itself and is started again. */
  onRestart(name: string): void;
}

/** A server process of the platform, restarted when it dies by itself. */
export interface Child extends AsyncDisposable {
  name: string;
  /** Of the process that runs at the moment. */
  pid(): number | undefined;
  ready(signal?: AbortSignal): Promise<void>;
}

const readyMilliseconds = 180_000;
const mostRestartsBeforeReady = 3;
const drainMilliseconds = 9_000;
const restartMilliseconds = 500;
/** Each says that it is ready; it is asked as well, in case what it says is lost. */
const askMilliseconds = 200;

export function startChild(options: ChildOptions): Child {
  let stopping = false;
  let lastExit: number | NodeJS.Signals | null | undefined;
  let exits = 0;
  let announced = Promise.withResolvers<void>();
  let running = launch(options);
  watch(running);

  function watch(child: ChildProcess): void {
    child.on('message', () => announced.resolve());
    child.once('exit', async (code, signal) => {
      lastExit = signal ?? code;
      exits += 1;
      if (stopping) return;
      options.onRestart(options.name);
      await delay(restartMilliseconds);
      if (stopping) return;
      running = launch(options);
      watch(running);
    });
  }

  return {
    name: options.name,
    pid: () => running.pid,
    async ready(signal) {
      const deadline = Date.now() + readyMilliseconds;
      do {
        await Promise.race([delay(askMilliseconds), announced.promise]);
        announced = Promise.withResolvers();
        signal?.throwIfAborted();
        if (exits > mostRestartsBeforeReady || Date.now() > deadline) throw notReady(options, lastExit);
      } while (!(await isHealthy(options.healthUrl)));
    },
    async [Symbol.asyncDispose]() {
      stopping = true;
      await end(running);
    },
  };
}

function launch({ entry, args, environment, logFile }: ChildOptions): ChildProcess {
  const log = openSync(logFile, 'a');
  const flags = ['--disable-warning=ExperimentalWarning', '--no-node-snapshot'];
  const child = spawn(process.execPath, [...flags, entry, ...args], {
    stdio: ['ignore', log, log, 'ipc'],
    env: environment as NodeJS.ProcessEnv,
  });
  closeSync(log);
  return child;
}

async function isHealthy(url: string): Promise<boolean> {
  try {
    return (await fetch(url, { signal: AbortSignal.timeout(2_000) })).ok;
  } catch {
    // Not listening yet: asked again until the deadline.
    return false;
  }
}

function notReady({ name, logFile }: ChildOptions, lastExit: unknown): Error {
  const why =
    lastExit === undefined ? `within ${readyMilliseconds / 1000} s` : `and ended with ${String(lastExit)} each time`;
  return new Error(`The ${name} did not become ready ${why}. Its log is ${logFile}.`);
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGTERM');
  const force = setTimeout(() => child.kill('SIGKILL'), drainMilliseconds);
  await exited;
  clearTimeout(force);
}
