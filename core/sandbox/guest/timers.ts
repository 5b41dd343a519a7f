import type { Post } from './door.ts';
import {
  mapClear,
  mapDelete,
  mapGet,
  mapSet,
  mapSize,
  NativeError,
  NativeMap,
  NativeTypeError,
  reflectApply,
} from './primordials.ts';

interface Timer {
  run: (...rest: unknown[]) => unknown;
  rest: unknown[];
  every: number | undefined;
}

const longestDelay = 300_000;

/** setTimeout and setInterval of a guest. The clock is the worker's; timers die with the call that set them. */
export class Timers {
  readonly #post: Post;
  readonly #most: number;
  readonly #waiting = new NativeMap<number, Timer>();
  #next = 1;

  constructor(post: Post, most: number) {
    this.#post = post;
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
    mapSet(this.#waiting, id, { run: run as Timer['run'], rest, every: repeat ? wait : undefined });
    this.#post('timer', id, `${wait}`);
    return id;
  }

  clear(id: unknown): void {
    if (typeof id === 'number' && mapDelete(this.#waiting, id)) this.#post('timer', id, '');
  }

  fire(id: number): void {
    const timer = mapGet(this.#waiting, id);
    if (timer === undefined) return;
    if (timer.every === undefined) mapDelete(this.#waiting, id);
    else this.#post('timer', id, `${timer.every}`);
    reflectApply(timer.run, undefined, timer.rest);
  }
}

function clampDelay(delay: unknown): number {
  const wait = Math.floor(Number(delay));
  if (!(wait >= 1)) return 1;
  return Math.min(wait, longestDelay);
}
