import type { Door, GuestLimits } from './door.ts';
import { isList, jsonStringify, listJoin, listPush, textSlice, toText } from './primordials.ts';

const longestLine = 2000;
const flushAt = 20;

/** The log bucket of a call: lines wait inside the guest and leave in few messages; what does not fit is counted and dropped. */
export class LogBucket {
  readonly #door: Door;
  readonly #limits: GuestLimits;
  #lines: string[] = [];
  #used = { lines: 0, bytes: 0, dropped: 0 };

  constructor(door: Door, limits: GuestLimits) {
    this.#door = door;
    this.#limits = limits;
  }

  start(): void {
    this.#lines = [];
    this.#used = { lines: 0, bytes: 0, dropped: 0 };
  }

  write(level: string, values: unknown[]): void {
    if (this.#used.lines >= this.#limits.logLines || this.#used.bytes >= this.#limits.logBytes) {
      this.#used.dropped += 1;
      return;
    }
    const line = textSlice(`${level} ${describeAll(values)}`, 0, longestLine);
    this.#used.lines += 1;
    this.#used.bytes += line.length;
    listPush(this.#lines, line);
    if (this.#lines.length >= flushAt) this.flush();
  }

  flush(): void {
    if (this.#lines.length === 0 && this.#used.dropped === 0) return;
    const lines = this.#lines;
    const dropped = this.#used.dropped;
    this.#lines = [];
    this.#used.dropped = 0;
    this.#door.put('log', dropped, jsonStringify(lines));
  }
}

function describeAll(values: unknown[]): string {
  const parts: string[] = [];
  for (let at = 0; at < values.length; at += 1) listPush(parts, describe(values[at]));
  return listJoin(parts, ' ');
}

/** Text of any value; runs guest code (getters, toJSON), so only ever inside a slice with its clocks. */
export function describe(value: unknown): string {
  try {
    if (typeof value === 'string') return value;
    if (value instanceof Error) return `${toText(value.name)}: ${toText(value.message)}`;
    if (isList(value) || (typeof value === 'object' && value !== null)) return jsonStringify(value) ?? toText(value);
    return toText(value);
  } catch {
    // A value that refuses to be described is described as such: the guest's error must not travel further.
    return '[unprintable]';
  }
}
