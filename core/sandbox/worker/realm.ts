import { randomBytes } from 'node:crypto';
import ivm from 'isolated-vm';
import type { GuestLimits, SliceMessages } from '../guest/door.ts';
import type { SandboxLimits } from '../limits.ts';
import type { CodeCache } from './code-cache.ts';
import { nativeOptions, referenced } from './guest-options.ts';

/** A context after the bootstrap and before any guest byte. */
export interface Realm {
  context: ivm.Context;
  /** The entrance. It returns the messages of the slice: primitives only. */
  receive: ivm.Reference<(...primitives: (string | number)[]) => SliceMessages>;
}

export interface RealmMaker {
  source: string;
  cache: CodeCache;
  limits: SandboxLimits;
}

const bootstrapTimeout = 5_000;
const entering = nativeOptions({ reference: true as const, timeout: bootstrapTimeout });

/** An isolate of nobody yet. */
export function newIsolate(limits: SandboxLimits, onCatastrophicError: () => void): ivm.Isolate {
  return new ivm.Isolate(nativeOptions({ memoryLimit: limits.isolateMemoryMb, onCatastrophicError }));
}

export interface RealmNeeds {
  limits: SandboxLimits;
  /** Surrounds each entrance into the isolate, so that its time is charged to nobody. */
  step: <T>(work: () => Promise<T>) => Promise<T>;
}

/** Makes a context and runs the bootstrap in it. The compiled bootstrap is reused by the isolate's later contexts. */
export async function newRealm(isolate: ivm.Isolate, bootstrap: ivm.Script, needs: RealmNeeds): Promise<Realm> {
  const { limits, step } = needs;
  const context = await step(() => isolate.createContext());
  const enter = await step(() => bootstrap.run(context, entering));
  const given = [randomBytes(32).toString('hex'), JSON.stringify(guestLimits(limits))];
  const receive: ivm.Reference = await step(() =>
    enter.apply(undefined, given, nativeOptions({ timeout: bootstrapTimeout, result: referenced })),
  );
  enter.release();
  return { context, receive: receive as Realm['receive'] };
}

export function compileBootstrap(isolate: ivm.Isolate, { cache, source }: RealmMaker): Promise<ivm.Script> {
  return cache.compile(isolate, source, 'digione:bootstrap');
}

function guestLimits(limits: SandboxLimits): GuestLimits {
  const { hostCallsInFlight, hostCallsTotal, hostBytesTotal } = limits.job;
  return {
    messageBytes: limits.messageBytes,
    callsInFlight: hostCallsInFlight,
    callsTotal: hostCallsTotal,
    callBytesTotal: hostBytesTotal,
    timers: limits.timers,
    logLines: limits.logLines,
    logBytes: limits.logBytes,
  };
}
