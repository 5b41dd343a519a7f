import { createHash } from 'node:crypto';
import type { Log } from '../../kernel/index.ts';
import type { SandboxLimits } from '../limits.ts';
import type { WorkerCommand } from './worker-command.ts';
import { WorkerProcess, type WorkerWatcher } from './worker-process.ts';

export interface PoolNeeds {
  workers: number;
  spares: number;
  command: WorkerCommand;
  limits: SandboxLimits;
  log: Log;
  watcher: WorkerWatcher;
  memoryBytes: number;
}

const drainMs = 5_000;
/** A busy machine may take a minute over what takes a tenth of a second on an idle one. */
const startMs = 120_000;
/** A worker with so many calls is not given another as long as one with fewer is there. */
const crowded = 16;

/** The worker processes: as many at work as asked, and warm spares that step in at once. */
export class Pool {
  readonly #needs: PoolNeeds;
  /** In the order in which they became ready: a late one waits its turn as a spare and takes no municipality from a warm one. */
  readonly #all = new Set<WorkerProcess>();
  #failures = 0;
  #closed = false;

  constructor(needs: PoolNeeds) {
    this.#needs = needs;
    this.#refill();
  }

  get all(): Iterable<WorkerProcess> {
    return this.#all;
  }

  /** The workers that take calls; ready ones beyond their number are spares. */
  get working(): WorkerProcess[] {
    return [...this.#all].filter((worker) => worker.state === 'ready').slice(0, this.#needs.workers);
  }

  /** The worker has become ready: it stands behind those that were ready before it, whichever was started first. */
  ready(worker: WorkerProcess): void {
    this.#all.delete(worker);
    this.#all.add(worker);
  }

  /**
   * The worker for a municipality: always the same while it lives (rendezvous hashing), so that its isolates are warm there;
   * another when that one is crowded.
   */
  place(municipality: string): WorkerProcess | undefined {
    const most = this.#needs.limits.runningPerWorker;
    const ranked = this.working
      .filter((worker) => worker.load < most)
      .map((worker) => ({ worker, rank: rankOf(municipality, worker.pid ?? 0) }))
      .sort((a, b) => Number(a.worker.load >= crowded) - Number(b.worker.load >= crowded) || b.rank - a.rank);
    return ranked[0]?.worker;
  }

  /** No new calls for it; it ends when its calls have, or soon. */
  drain(worker: WorkerProcess, why: string): void {
    if (worker.state !== 'ready') return;
    worker.state = 'draining';
    this.#needs.log.warn({ pid: worker.pid, why }, 'sandbox worker drains');
    const end = () => worker.kill(why);
    setTimeout(end, drainMs).unref();
    this.#refill();
    this.endDrained();
  }

  /** Called whenever a call ended: those that wait only for that end. */
  endDrained(): void {
    for (const worker of this.#all) if (worker.state === 'draining' && worker.load === 0) worker.kill('drained');
  }

  gone(worker: WorkerProcess): void {
    this.#all.delete(worker);
    this.#failures = worker.wasReady ? 0 : this.#failures + 1;
    const wait = Math.min(this.#failures * this.#failures * 100, 10_000);
    if (wait === 0) this.#refill();
    else setTimeout(() => this.#refill(), wait).unref();
  }

  /** Workers that ended one after another before they were ready. */
  get failedStarts(): number {
    return this.#failures;
  }

  beat(): void {
    if (this.#failures === 0) this.#refill();
    for (const worker of this.#all) if (worker.state !== 'starting') worker.beat();
  }

  /** Over its memory a worker is replaced calmly, far over it at once. */
  async weigh(): Promise<void> {
    for (const worker of this.#all) {
      const resident = await worker.residentBytes();
      if (resident > this.#needs.memoryBytes * 1.5) worker.kill('memory');
      else if (resident > this.#needs.memoryBytes) this.drain(worker, 'memory');
    }
  }

  async close(): Promise<void> {
    this.#closed = true;
    const ends = [...this.#all].map((worker) => {
      worker.kill('closed');
      return worker.exited;
    });
    await Promise.all(ends);
  }

  #refill(): void {
    if (this.#closed) return;
    const { workers, spares, command, limits, watcher } = this.#needs;
    const alive = [...this.#all].filter((worker) => worker.state !== 'draining');
    // Whoever is to serve loads first: on a start they would only take each other's time.
    const isServed = alive.filter((worker) => worker.state === 'ready').length >= workers;
    for (let count = alive.length; count < workers + (isServed ? spares : 0); count += 1) {
      const worker = new WorkerProcess(command, limits, watcher);
      this.#all.add(worker);
      setTimeout(() => worker.state === 'starting' && worker.kill('slow start'), startMs).unref();
    }
  }
}

function rankOf(municipality: string, worker: number): number {
  return createHash('sha256').update(`${municipality}\n${worker}`).digest().readUInt32BE(0);
}
