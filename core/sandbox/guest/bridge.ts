import { Door, type GuestLimits } from './door.ts';
import { HostCalls } from './host-calls.ts';
import { describe, LogBucket } from './logging.ts';
import { freeze, isList, jsonParse, jsonStringify, reflectOwnKeys, textSlice } from './primordials.ts';
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

  /** The only entrance from the worker. It never throws; what it returns is read after the microtasks of the slice. */
  receive(what: string, number: number, a = '', b = '', c = '', d = ''): (string | number)[] {
    const messages = this.#door.open();
    if (what === 'call') this.#run(number, a, b, c, d);
    else if (what === 'settle') this.hostCalls.settle(number, a, b);
    else if (what === 'wake') this.timers.fire();
    return messages;
  }

  #run(call: number, kind: string, name: string, argument: string, context: string): void {
    this.hostCalls.start();
    this.timers.start();
    this.logs.start();
    if (context !== '') this.context = deepFreeze(jsonParse(context));
    this.#answer(call, kind, name, argument);
  }

  async #answer(call: number, kind: string, name: string, argument: string): Promise<void> {
    try {
      const handler = this.plugin.find(kind, name);
      if (handler === undefined) return this.#fail(call, 'not-found', `The plugin has no ${kind} "${name}"`);
      const value = await handler.run(jsonParse(argument), this.context);
      this.#succeed(call, value);
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
    this.#door.put('answer', call, text);
  }

  #fail(call: number, code: string, why: string): void {
    this.logs.flush();
    this.#door.put('failed', call, code, textSlice(why, 0, longestFailure));
  }
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
