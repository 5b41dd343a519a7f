import type { PluginErrorCode } from '@digione/sdk/errors';
import type { GuestCall } from './guest-call.ts';
import type { Stretch } from './thread-times.ts';

/** One uninterrupted stretch of guest code: from the worker's entrance into the isolate until its microtasks are done. */
export interface Slice {
  /** Absent while the worker itself works in the isolate, making a realm: nobody pays for that. */
  call: GuestCall | undefined;
  /** Milliseconds of processor time that this slice may use. */
  budget: number;
  /** Processor milliseconds that are beyond doubt, even when it can't be told which thread ran the slice. */
  beyondDoubt: number;
  /** Each thread when the watchdog first looked at the slice. */
  seenAt?: Map<string, Stretch>;
}

/** How a slice ended: with a value that crossed as a copy, or with a fault. */
export interface SliceEnd {
  value?: unknown;
  fault?: SliceFault;
}

export interface SliceFault {
  code: PluginErrorCode;
  detail: string;
  /** What of the surroundings stays usable. */
  spoils: 'nothing' | 'context' | 'isolate';
}

/**
 * Reads a failed entrance. The text may have been chosen by the guest (an unhandled rejection is copied out), which is no harm:
 * every reading only ends more of the guest's own world.
 */
export function sliceFault(error: unknown, disposed: boolean): SliceFault {
  const message = ownMessage(error);
  if (message === 'Script execution timed out.')
    return { code: 'plugin-timeout-cpu', detail: message, spoils: 'context' };
  if (disposed || /memory limit|Array buffer allocation failed/.test(message)) {
    return { code: 'plugin-memory', detail: message, spoils: 'isolate' };
  }
  return { code: 'plugin-failed', detail: `Unhandled: ${message}`, spoils: 'nothing' };
}

function ownMessage(error: unknown): string {
  const message = typeof error === 'object' && error !== null ? (error as { message?: unknown }).message : error;
  return typeof message === 'string' ? message.slice(0, 500) : 'unknown';
}
