import { Bridge } from './bridge.ts';
import { cryptoOf } from './crypto.ts';
import type { GuestLimits } from './door.ts';
import { freezeIntrinsics, lockStackTraces, removeDangerousGlobals, tameFunctionConstructors } from './lockdown.ts';
import { defineProperty, freeze, jsonParse, now } from './primordials.ts';
import { RandomStream } from './random-stream.ts';
import { cloneStructure } from './structured-clone.ts';
import { TextDecoderOf, TextEncoderOf } from './text-encoding.ts';
import { base64ToBinary, binaryToBase64 } from './base64.ts';
import { UrlOf } from './url.ts';
import { UrlSearchParamsOf } from './url-search-params.ts';

/** Makes a realm ready for a stranger's code and returns the one entrance that the worker keeps. */
export function bootstrap(seed: string, limitsText: string): Bridge['receive'] {
  const realm = globalThis as unknown as Record<string, unknown>;
  const bridge = new Bridge(jsonParse(limitsText) as GuestLimits);
  removeDangerousGlobals(realm);
  tameFunctionConstructors(realm);
  lockStackTraces();
  give(realm, 'digione', digioneOf(bridge));
  give(realm, 'console', consoleOf(bridge));
  give(realm, 'crypto', cryptoOf(new RandomStream(seed)));
  give(realm, 'performance', freeze({ now: () => now() - 0, timeOrigin: 0 }));
  giveTimers(realm, bridge);
  giveWebNames(realm);
  freezeIntrinsics(realm);
  return (what, number, a, b, c) => bridge.receive(what, number, a, b, c);
}

function give(realm: object, name: string, value: unknown): void {
  const own = name === 'digione';
  defineProperty(realm, name, { value, writable: !own, configurable: !own, enumerable: false });
}

function digioneOf(bridge: Bridge): object {
  const digione = {
    register: (plugin: unknown) => bridge.plugin.register(plugin),
    failed: (error: unknown) => bridge.plugin.failed(error),
    invoke: (capability: unknown, argument: unknown) => bridge.hostCalls.invoke(capability, argument),
    log: (level: unknown, ...values: unknown[]) => bridge.logs.write(level === 'error' ? 'error' : 'info', values),
  };
  defineProperty(digione, 'context', { get: () => bridge.context, enumerable: true });
  return freeze(digione);
}

function consoleOf(bridge: Bridge): object {
  const to =
    (level: string) =>
    (...values: unknown[]) =>
      bridge.logs.write(level, values);
  const ignore = () => undefined;
  return {
    log: to('info'),
    info: to('info'),
    dir: to('info'),
    debug: to('debug'),
    trace: to('debug'),
    warn: to('warn'),
    error: to('error'),
    assert: (fine: unknown, ...values: unknown[]) =>
      fine ? undefined : bridge.logs.write('error', ['Assertion failed', ...values]),
    group: ignore,
    groupEnd: ignore,
    time: ignore,
    timeEnd: ignore,
  };
}

function giveTimers(realm: object, bridge: Bridge): void {
  const { timers } = bridge;
  const clear = (id: unknown) => timers.clear(id);
  give(realm, 'setTimeout', (run: unknown, delay: unknown, ...rest: unknown[]) => timers.set(run, delay, rest, false));
  give(realm, 'setInterval', (run: unknown, delay: unknown, ...rest: unknown[]) => timers.set(run, delay, rest, true));
  give(realm, 'clearTimeout', clear);
  give(realm, 'clearInterval', clear);
  give(realm, 'queueMicrotask', (run: () => void) => {
    Promise.resolve().then(run);
  });
}

function giveWebNames(realm: object): void {
  const classes = {
    TextEncoder: TextEncoderOf,
    TextDecoder: TextDecoderOf,
    URL: UrlOf,
    URLSearchParams: UrlSearchParamsOf,
  };
  for (const [name, value] of Object.entries(classes)) {
    defineProperty(value, 'name', { value: name });
    give(realm, name, value);
  }
  give(realm, 'structuredClone', cloneStructure);
  give(realm, 'atob', base64ToBinary);
  give(realm, 'btoa', binaryToBase64);
}
