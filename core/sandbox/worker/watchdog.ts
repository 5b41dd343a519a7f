import type { Cell } from './cell.ts';
import type { Slice } from './slice.ts';
import { type ThreadTime, threadTimes } from './thread-times.ts';

const period = 10;
/** Beyond so many times its budget a slice is ended even when the machine, not the guest, may be to blame. */
const patience = 40;
const leastShare = 0.05;

/**
 * Ends slices that use more processor time than they may: the only clock that sees loops after an await and inside copies.
 * What isolated-vm calls cpuTime is in truth the wall time in which a thread held the isolate, and it does not tell the thread. So a slice over its budget is guilty when
 * more threads have used as much than the other isolates at work can account for.
 */
export class Watchdog {
  readonly #cells = new Set<Cell>();
  /** Threads from before the first isolate: Node's main thread and V8's own helpers, which also collect garbage. */
  readonly #notOfIsolates = new Set(threadTimes().keys());
  #lastTimes = new Map<string, ThreadTime>();
  #share = 1;
  #timer: NodeJS.Timeout | undefined;

  watch(cell: Cell): void {
    this.#cells.add(cell);
    this.#timer ??= setInterval(() => this.#look(), period);
  }

  /** How much of the time in which they wanted to run the isolates' threads ran: 1 on an idle machine. */
  get share(): number {
    return this.#share;
  }

  #look(): void {
    for (const cell of this.#cells) if (!cell.lingers) this.#cells.delete(cell);
    if (this.#cells.size === 0) {
      clearInterval(this.#timer);
      this.#timer = undefined;
      return;
    }
    const times = threadTimes(this.#notOfIsolates);
    this.#share = shareOf(times, this.#lastTimes, this.#share);
    this.#lastTimes = times;
    const guilty = [...this.#cells].filter((cell) => this.#overspent(cell, times));
    for (const cell of guilty) this.#end(cell);
  }

  #end(cell: Cell): void {
    const call = cell.running?.call;
    if (call) cell.kill(call, 'plugin-timeout-cpu', `Stopped after ${Math.round(cell.runningFor)} ms`);
  }

  #overspent(cell: Cell, times: Map<string, ThreadTime>): boolean {
    const slice = cell.running;
    if (slice?.call === undefined) return false;
    slice.seenAt ??= times;
    const used = cell.runningFor;
    if (used <= slice.budget) return false;
    return used > slice.budget * patience || busyThreads(slice, times) > this.#othersBusy(cell, slice.budget);
  }

  /** Other isolates that may have kept a thread busy for so long: those at work, and dead ones that have not stopped yet. */
  #othersBusy(cell: Cell, budget: number): number {
    let count = 0;
    for (const other of this.#cells) {
      if (other !== cell && (other.running === undefined || other.runningFor > budget)) count += 1;
    }
    return count;
  }
}

/** Threads of isolates that used more than the slice's budget since the slice was first seen. */
function busyThreads({ seenAt, budget }: Slice, times: Map<string, ThreadTime>): number {
  let count = 0;
  for (const [thread, time] of times) {
    if (time.ran - (seenAt?.get(thread)?.ran ?? 0) > budget) count += 1;
  }
  return count;
}

function shareOf(times: Map<string, ThreadTime>, before: Map<string, ThreadTime>, share: number): number {
  let ran = 0;
  let waited = 0;
  for (const [thread, time] of times) {
    const last = before.get(thread) ?? time;
    ran += time.ran - last.ran;
    waited += time.waited - last.waited;
  }
  if (!(ran + waited > 0)) return share;
  // Old looks fade, so that one unlucky look decides nothing.
  return Math.max(leastShare, share * 0.7 + 0.3 * (ran / (ran + waited)));
}
