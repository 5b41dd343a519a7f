import type { Door, GuestLimits } from './door.ts';
import {
  jsonParse,
  jsonStringify,
  mapClear,
  mapDelete,
  mapGet,
  mapSet,
  mapSize,
  NativeError,
  NativeMap,
  NativePromise,
} from './primordials.ts';

interface Waiting {
  resolve: (value: unknown) => void;
  reject: (error: Error) => void;
}

/** Asks to the host: numbered, counted, and settled by number. No host object ever stands behind the promise a guest gets. */
export class HostCalls {
  readonly #door: Door;
  readonly #limits: GuestLimits;
  readonly #waiting = new NativeMap<number, Waiting>();
  #next = 1;
  #used = { calls: 0, bytes: 0 };

  constructor(door: Door, limits: GuestLimits) {
    this.#door = door;
    this.#limits = limits;
  }

  start(): void {
    mapClear(this.#waiting);
    this.#used = { calls: 0, bytes: 0 };
  }

  /** Sends an ask; a refusal of the guest's own limits costs nothing outside the guest. */
  invoke(capability: unknown, argument: unknown): Promise<unknown> {
    return new NativePromise((resolve, reject) => {
      const text = jsonStringify(argument) ?? 'null';
      if (typeof capability !== 'string' || capability.length > 100) {
        return reject(refusal('invalid-argument', 'A capability is named by a short string'));
      }
      if (text.length > this.#limits.messageBytes) return reject(refusal('too-large', 'The argument is too large'));
      if (!this.#take(text.length)) return reject(refusal('call-limit', 'Too many calls to the host'));
      const number = this.#next++;
      mapSet(this.#waiting, number, { resolve, reject });
      this.#door.put('invoke', number, capability, text);
    });
  }

  settle(number: number, code: string, text: string): void {
    const waiting = mapGet(this.#waiting, number);
    if (waiting === undefined) return;
    mapDelete(this.#waiting, number);
    if (code === '') waiting.resolve(jsonParse(text));
    else waiting.reject(refusal(code, text));
  }

  #take(bytes: number): boolean {
    const { callsInFlight, callsTotal, callBytesTotal } = this.#limits;
    if (mapSize(this.#waiting) >= callsInFlight || this.#used.calls >= callsTotal) return false;
    if (this.#used.bytes + bytes > callBytesTotal) return false;
    this.#used.calls += 1;
    this.#used.bytes += bytes;
    return true;
  }
}

function refusal(code: string, message: string): Error {
  const error = new NativeError(message) as Error & { code: string };
  error.code = code;
  return error;
}
