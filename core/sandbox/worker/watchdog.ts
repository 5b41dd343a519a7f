import type { Cell } from './cell.ts';
import type { Slice } from './slice.ts';
import { threadTimes } from './thread-times.ts';

const period = 10;
/** Beyond so many times its budget a slice is ended even when the machine, not the guest, may be to blame. */
const patience = 40;

/**
 * Ends slices that use more processor time than they may: the only clock that sees loops after an await and inside copies.
 * isolated-vm tells a running slice's wall time only, and not on which thread it runs. So a slice over its budget is guilty when
 * more threads have used as much than the other isolates at work can account for.
 */
export class Watchdog {
  readonly #cells = new Set<Cell>();
  /** Threads from before the first isolate: Node's main thread and V8's own helpers, which also collect garbage. */
  readonly #notOfIsolates = new Set(threadTimes().keys());
  #timer: NodeJS.Timeout | undefined;

  watch(cell: Cell): void {
    this.#cells.add(cell);
    this.#timer ??= setInterval(() => this.#look(), period);
  }

  #look(): void {
    for (const cell of this.#cells) if (!cell.lingers) this.#cells.delete(cell);
    if (this.#cells.size === 0) {
      clearInterval(this.#timer);
      this.#timer = undefined;
      return;
    }
    const times = threadTimes(this.#notOfIsolates);
    const guilty = [...this.#cells].filter((cell) => this.#overspent(cell, times));
    for (const cell of guilty) this.#end(cell);
  }

  #end(cell: Cell): void {
    const call = cell.running?.call;
    if (call) cell.kill(call, 'plugin-timeout-cpu', `Stopped after ${Math.round(cell.runningFor)} ms`);
  }

  #overspent(cell: Cell, times: Map<string, number>): boolean {
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
function busyThreads({ seenAt, budget }: Slice, times: Map<string, number>): number {
  let count = 0;
  for (const [thread, time] of times) {
    if (time - (seenAt?.get(thread) ?? 0) > budget) count += 1;
  }
  return count;
}
