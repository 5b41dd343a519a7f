import type { Door } from './door.ts';
import { describe, type LogBucket } from './logging.ts';
import {
  mapClear,
  mapDelete,
  mapGet,
  mapKeys,
  mapSet,
  mapSize,
  NativeError,
  NativeMap,
  NativeTypeError,
  now,
  reflectApply,
} from './primordials.ts';

interface Timer {
  run: (...rest: unknown[]) => unknown;
  rest: unknown[];
  due: number;
  every: number | undefined;
}

const longestDelay = 300_000;

/** setTimeout and setInterval of a guest. The worker wakes the realm once, when the first timer is due; timers die with their call. */
export class Timers {
  readonly #door: Door;
  readonly #logs: LogBucket;
  readonly #most: number;
  readonly #waiting = new NativeMap<number, Timer>();
  #next = 1;

  constructor(door: Door, logs: LogBucket, most: number) {
    this.#door = door;
    this.#logs = logs;
    this.#most = most;
  }

  start(): void {
    mapClear(this.#waiting);
  }

  set(run: unknown, delay: unknown, rest: unknown[], repeat: boolean): number {
    if (typeof run !== 'function') throw new NativeTypeError('A timer needs a function');
    if (mapSize(this.#waiting) >= this.#most) throw new NativeError('Too many timers');
    const wait = clampDelay(delay);
    const id = this.#next++;
    mapSet(this.#waiting, id, { run: run as Timer['run'], rest, due: now() + wait, every: repeat ? wait : undefined });
    this.#tell();
    return id;
  }

  clear(id: unknown): void {
    if (typeof id === 'number' && mapDelete(this.#waiting, id)) this.#tell();
  }

  /** Runs what is due, the earliest first. */
  fire(): void {
    const until = now();
    for (let id = this.#first(); id > 0 && mapGet(this.#waiting, id)!.due <= until; id = this.#first()) {
      this.#run(id, mapGet(this.#waiting, id)!);
    }
    this.#tell();
  }

  #run(id: number, timer: Timer): void {
    if (timer.every === undefined) mapDelete(this.#waiting, id);
    else timer.due = now() + timer.every;
    try {
      reflectApply(timer.run, undefined, timer.rest);
    } catch (error) {
      // Nobody waits for a timer: its error goes to the log of the call.
      this.#logs.write('error', ['A timer threw', describe(error)]);
    }
  }

  /** The timer that is due first, or 0. */
  #first(): number {
    let first = 0;
    const ids = mapKeys(this.#waiting);
    for (let at = 0; at < ids.length; at += 1) {
      if (first === 0 || mapGet(this.#waiting, ids[at]!)!.due < mapGet(this.#waiting, first)!.due) first = ids[at]!;
    }
    return first;
  }

  #tell(): void {
    const first = this.#first();
    this.#door.wake(first === 0 ? -1 : mapGet(this.#waiting, first)!.due - now());
  }
}

function clampDelay(delay: unknown): number {
  const wait = Math.floor(Number(delay));
  return wait >= 1 ? Math.min(wait, longestDelay) : 1;
}
