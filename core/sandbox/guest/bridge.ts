import { Door, type GuestLimits, type SliceMessages } from './door.ts';
import { HostCalls } from './host-calls.ts';
import { describe, LogBucket } from './logging.ts';
import { freeze, isList, jsonParse, jsonStringify, reflectOwnKeys, textIndexOf, textSlice } from './primordials.ts';
import { RegisteredPlugin } from './plugin.ts';
import { Timers } from './timers.ts';

const longestFailure = 1000;

/** The guest's side of the border. No guest code ever holds this object; guests hold only the small functions made from it. */
export class Bridge {
  readonly plugin = new RegisteredPlugin();
  readonly hostCalls: HostCalls;
  readonly timers: Timers;
  readonly logs: LogBucket;
  context: unknown;
  readonly #door = new Door();
  readonly #limits: GuestLimits;

  constructor(limits: GuestLimits) {
    this.#limits = limits;
    this.hostCalls = new HostCalls(this.#door, limits);
    this.logs = new LogBucket(this.#door, limits);
    this.timers = new Timers(this.#door, this.logs, limits.timers);
  }

  /**
   * The only entrance from the worker. It never throws. A list that it returns is read after the microtasks of the slice; a
   * handler that answered at once gives its text alone, which crosses without V8's serializer.
   */
  receive(what: string, number: number, a = '', b = '', c = ''): SliceMessages {
    const messages = this.#door.open();
    if (what === 'call') this.#run(number, a, b, c);
    else if (what === 'settle') this.hostCalls.settle(number, a, b);
    else if (what === 'wake') this.timers.fire();
    return this.#door.answered ?? messages;
  }

  /** @param handler Kind and name, parted by a space. */
  #run(call: number, handler: string, argument: string, context: string): void {
    this.hostCalls.start();
    this.timers.start();
    this.logs.start();
    if (context !== '') this.context = deepFreeze(jsonParse(context));
    const space = textIndexOf(handler, ' ');
    this.#answer(call, textSlice(handler, 0, space), textSlice(handler, space + 1, handler.length), argument);
  }

  #answer(call: number, kind: string, name: string, argument: string): void {
    try {
      const handler = this.plugin.find(kind, name);
      if (handler === undefined) {
        this.#fail(call, 'not-found', `The plugin has no ${kind} "${name}"`);
        return;
      }
      const value = handler.run(jsonParse(argument), this.context);
      if (mayBePromise(value)) void this.#answerLater(call, value);
      else this.#succeed(call, value);
    } catch (error) {
      this.#fail(call, 'plugin-failed', describe(error));
    }
  }

  async #answerLater(call: number, value: unknown): Promise<void> {
    try {
      this.#succeed(call, await value);
    } catch (error) {
      this.#fail(call, 'plugin-failed', describe(error));
    }
  }

  #succeed(call: number, value: unknown): void {
    const text = toJson(value);
    if (text === undefined) {
      this.#fail(call, 'invalid-result', 'The answer is not JSON');
      return;
    }
    if (text.length > this.#limits.messageBytes) {
      this.#fail(call, 'too-large', 'The answer is too large');
      return;
    }
    this.logs.flush();
    this.#door.answer(call, text);
  }

  #fail(call: number, code: string, why: string): void {
    this.logs.flush();
    this.#door.put('failed', call, code, textSlice(why, 0, longestFailure));
  }
}

/** Whether `await` would look for a promise in it; getters run here, under the clocks of the slice. */
function mayBePromise(value: unknown): boolean {
  if ((typeof value !== 'object' && typeof value !== 'function') || value === null) return false;
  return typeof (value as { then?: unknown }).then === 'function';
}

/** JSON text made by the captured stringify, inside the guest and under its clocks. An absent answer is `null`. */
function toJson(value: unknown): string | undefined {
  try {
    return value === undefined ? 'null' : jsonStringify(value);
  } catch {
    // Cyclic, too deep, or a getter that threw: all the same to the caller.
    return undefined;
  }
}

function deepFreeze(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (isList(value)) for (let at = 0; at < value.length; at += 1) deepFreeze(value[at]);
  else for (const key of reflectOwnKeys(value)) deepFreeze((value as Record<string | symbol, unknown>)[key]);
  return freeze(value);
}
