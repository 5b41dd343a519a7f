import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import type { Duplex } from 'node:stream';
import type { SandboxLimits } from '../limits.ts';
import { FrameReader, writeFrame } from '../protocol/frame.ts';
import type { FromWorker, ToWorker } from '../protocol/messages.ts';
import { workerMessage } from '../protocol/worker-message.ts';
import type { RunningCall } from './running-call.ts';
import type { WorkerCommand } from './worker-command.ts';

export interface WorkerWatcher {
  message(worker: WorkerProcess, message: FromWorker, payload: string): void;
  exited(worker: WorkerProcess): void;
}

export type WorkerState = 'starting' | 'ready' | 'draining' | 'dead';

const pageBytes = 4096;
const missedBeatsAllowed = 2;
/** So many more for a worker that wanted to run and was not let: the machine is busy, the worker is not stuck. */
const starvedBeatsAllowed = 10;

/** One worker process: its life, its channel and its heartbeat. */
export class WorkerProcess {
  state: WorkerState = 'starting';
  wasReady = false;
  readonly running = new Map<number, RunningCall>();
  readonly exited: Promise<void>;
  figures = { isolates: 0, contexts: 0, rss: 0 };
  readonly #child: ChildProcess;
  readonly #channel: Duplex;
  #beat = 0;
  #missed = 0;
  #lastTime = { ran: 0, waited: 0 };
  /** Why we ended it, when we did. */
  killedFor: string | undefined;

  constructor(command: WorkerCommand, limits: SandboxLimits, watcher: WorkerWatcher) {
    // TZ: a plugin's local time is the schools' time.
    const env = { PATH: '/usr/sbin:/usr/bin:/sbin:/bin', TZ: 'Europe/Helsinki' };
    this.#child = spawn(command.file, command.args, { env, cwd: '/', stdio: ['ignore', 'ignore', 'inherit', 'pipe'] });
    this.#channel = this.#child.stdio[3] as Duplex;
    const caps = { headerBytes: 4_000, payloadBytes: limits.messageBytes * 3 + 1_000 };
    const reader = new FrameReader(caps, (header, payload) => this.#receive(header, payload, watcher));
    this.#channel.on('data', (chunk: Buffer) => this.#read(reader, chunk));
    this.#channel.on('error', () => this.kill('channel broke'));
    this.exited = new Promise((resolve) => {
      const gone = () => {
        if (this.state === 'dead') return;
        this.state = 'dead';
        watcher.exited(this);
        resolve();
      };
      this.#child.on('exit', gone);
      this.#child.on('error', gone);
    });
    this.send({ t: 'hello', limits });
  }

  get pid(): number | undefined {
    return this.#child.pid;
  }

  get load(): number {
    return this.running.size;
  }

  send(message: ToWorker, payload = ''): void {
    if (this.state !== 'dead' && this.#channel.writable) writeFrame(this.#channel, message, payload);
  }

  kill(why: string): void {
    this.killedFor ??= why;
    this.#child.kill('SIGKILL');
  }

  /** Two missed beats end the process, unless it waits for a processor. */
  beat(): void {
    const { ran, waited } = this.#mainThread();
    const starved = waited - this.#lastTime.waited > ran - this.#lastTime.ran;
    this.#lastTime = { ran, waited };
    const allowed = missedBeatsAllowed + (starved ? starvedBeatsAllowed : 0);
    if (this.#missed >= allowed) {
      this.kill('heartbeat');
      return;
    }
    this.#missed += 1;
    this.#beat += 1;
    this.send({ t: 'ping', n: this.#beat });
  }

  #mainThread(): { ran: number; waited: number } {
    try {
      const [ran, waited] = readFileSync(`/proc/${this.pid}/schedstat`, 'latin1').split(' ').map(Number);
      return { ran: ran!, waited: waited! };
    } catch {
      // Only Linux tells; elsewhere a busy machine gets no patience.
      return { ran: 0, waited: 0 };
    }
  }

  async residentBytes(): Promise<number> {
    // Only Linux tells; elsewhere the data limit and V8's own remain.
    const statm = await readFile(`/proc/${this.pid}/statm`, 'utf8').catch(() => '0 0');
    this.figures.rss = Number(statm.split(' ')[1]) * pageBytes;
    return this.figures.rss;
  }

  #read(reader: FrameReader, chunk: Buffer): void {
    try {
      reader.push(chunk);
    } catch (error) {
      this.kill(`protocol: ${error instanceof Error ? error.message : 'broken'}`);
    }
  }

  #receive(header: unknown, payload: string, watcher: WorkerWatcher): void {
    const message = workerMessage(header);
    if (message === undefined) {
      this.kill('protocol: unknown message');
      return;
    }
    if (message.t === 'ready' && this.state === 'starting') {
      this.state = 'ready';
      this.wasReady = true;
    }
    if (message.t === 'pong') {
      this.#missed = 0;
      this.figures.isolates = message.isolates;
      this.figures.contexts = message.contexts;
    }
    watcher.message(this, message, payload);
  }
}
