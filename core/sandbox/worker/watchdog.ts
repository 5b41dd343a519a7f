import type { Cell } from './cell.ts';
import type { Slice } from './slice.ts';
import { type Stretch, stretches, type ThreadTime, threadTimes, timeOfIsolates } from './thread-times.ts';

const period = 10;
/** Where the system does not tell of threads: so many times its budget of wall time ends a slice. */
const patience = 40;
const leastShare = 0.02;
const fading = 0.85;
/** A slice with so much of its budget gone may become a suspect: its threads are looked at from here on. */
const worthALook = 0.1;

/** One look at everything; what costs more is looked up when somebody asks. */
class Look {
  readonly times: Map<string, ThreadTime>;
  #stretches: Map<string, Stretch> | undefined;

  constructor(times: Map<string, ThreadTime>) {
    this.times = times;
  }

  get stretches(): Map<string, Stretch> {
    this.#stretches ??= stretches(this.times);
    return this.#stretches;
  }
}

/**
 * Ends slices that use more processor time than they may: the only clock that sees loops after an await and inside copies.
 * What isolated-vm calls cpuTime is in truth the wall time in which a thread held the isolate, and it does not tell the thread.
 * A thread of isolates rests between any two tasks. So a slice over its budget is guilty when more threads have run for as long
 * without a rest than the other isolates at work can account for; a thread that rests because the collector makes it wait is
 * caught by the estimate of its time, later.
 */
export class Watchdog {
  readonly #cells = new Set<Cell>();
  /** Threads from before the first isolate: Node's main thread and V8's own helpers, which also collect garbage. */
  readonly #notOfIsolates = new Set(threadTimes().keys());
  #lastTimes = new Map<string, ThreadTime>();
  /** Sums of the isolates' threads; old looks fade. */
  #recent: ThreadTime = { ran: 1, waited: 0 };
  #ran = 0;
  #timer: NodeJS.Timeout | undefined;

  watch(cell: Cell): void {
    this.#cells.add(cell);
    if (this.#timer !== undefined) return;
    this.#ran = timeOfIsolates();
    this.#timer = setInterval(() => this.#look(), period);
  }

  /** Processor time of all isolates at the last look. */
  get ran(): number {
    return this.#ran;
  }

  /** How much of the time in which they wanted to run the isolates' threads ran: 1 on an idle machine. */
  get share(): number {
    const { ran, waited } = this.#recent;
    return Math.max(leastShare, ran / (ran + waited));
  }

  #look(): void {
    for (const cell of this.#cells) if (!cell.lingers) this.#cells.delete(cell);
    if (this.#cells.size === 0) {
      clearInterval(this.#timer);
      this.#timer = undefined;
      return;
    }
    const times = threadTimes(this.#notOfIsolates);
    this.#recent = faded(this.#recent, times, this.#lastTimes);
    this.#lastTimes = times;
    this.#ran = timeOfIsolates();
    const look = new Look(times);
    const guilty = [...this.#cells].filter((cell) => this.#overspent(cell, look));
    for (const cell of guilty) this.#end(cell);
  }

  #end(cell: Cell): void {
    const call = cell.running?.call;
    if (call) cell.kill(call, 'plugin-timeout-cpu', `Stopped after ${Math.round(cell.runningFor)} ms`);
  }

  #overspent(cell: Cell, look: Look): boolean {
    const slice = cell.running;
    if (slice?.call === undefined) return false;
    const held = cell.runningFor;
    if (held > slice.budget * worthALook) slice.seenAt ??= look.stretches;
    if (held <= slice.budget) return false;
    if (look.times.size === 0) return held > slice.budget * patience;
    if (Math.min(cell.ranFor, longestRun(slice, look)) > slice.beyondDoubt) return true;
    return busyThreads(slice, look) > this.#othersBusy(cell, slice.budget);
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

/** Threads of isolates that used more than the slice's budget since the slice was first looked at, all of it for one task. */
function busyThreads({ seenAt, budget }: Slice, look: Look): number {
  let count = 0;
  for (const [thread, { ran }] of look.times) {
    const before = seenAt?.get(thread);
    if (ran - (before?.ran ?? 0) <= budget) continue;
    if (before === undefined || before.rests === look.stretches.get(thread)?.rests) count += 1;
  }
  return count;
}

/** The most that any thread ran since the slice was first looked at: the slice can't have used more. */
function longestRun({ seenAt }: Slice, look: Look): number {
  let longest = 0;
  for (const [thread, { ran }] of look.times) longest = Math.max(longest, ran - (seenAt?.get(thread)?.ran ?? 0));
  return longest;
}

/** A wait is known only when it is over, in one lump: so sums are kept, not their ratios. */
function faded(recent: ThreadTime, times: Map<string, ThreadTime>, before: Map<string, ThreadTime>): ThreadTime {
  const sums = { ran: 0, waited: 0 };
  for (const [thread, time] of times) {
    const last = before.get(thread) ?? time;
    sums.ran += time.ran - last.ran;
    sums.waited += time.waited - last.waited;
  }
  if (!(sums.ran + sums.waited > 0)) return recent;
  return { ran: recent.ran * fading + sums.ran, waited: recent.waited * fading + sums.waited };
}
