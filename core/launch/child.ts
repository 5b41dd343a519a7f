import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { get } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import type { Environment } from '../config/index.ts';
import { toldMark } from '../kernel/index.ts';

export interface ChildOptions {
  name: string;
  /** TypeScript file of the process. */
  entry: string;
  args: readonly string[];
  /** Of the process; its settings are told later. */
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
  /** Tells it its settings, now that all that they name is there: it has loaded meanwhile and begins to serve. */
  begin(settings: Environment): void;
  ready(signal?: AbortSignal): Promise<void>;
}

const readyMilliseconds = 180_000;
const mostRestartsBeforeReady = 3;
const drainMilliseconds = 9_000;
const restartMilliseconds = 500;
/** Each says that it is ready; it is asked as well, in case what it says is lost. */
const askMilliseconds = 1_000;

export function startChild(options: ChildOptions): Child {
  let stopping = false;
  let lastExit: number | NodeJS.Signals | null | undefined;
  let exits = 0;
  let announced = Promise.withResolvers<void>();
  let settings: Environment | undefined;
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
      tell();
    });
  }

  function tell(): void {
    // One that is gone again is told when it is back.
    if (settings) running.send({ settings }, () => undefined);
  }

  return {
    name: options.name,
    pid: () => running.pid,
    begin(given) {
      settings = given;
      tell();
    },
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
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', entry, ...args], {
    stdio: ['ignore', log, log, 'ipc'],
    env: { ...environment, ...toldMark } as NodeJS.ProcessEnv,
  });
  closeSync(log);
  return child;
}

function isHealthy(url: string): Promise<boolean> {
  return new Promise((resolve) => {
    const request = get(url, { agent: false, timeout: 2_000 }, (answer) => {
      answer.resume();
      resolve(Math.floor((answer.statusCode ?? 0) / 100) === 2);
    });
    request.on('timeout', () => request.destroy());
    // Not listening yet: asked again until the deadline.
    request.on('error', () => resolve(false));
  });
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
