import { bridgeLimits } from './bridge-limits.ts';

export interface MessageGate {
  /** Counts one message of any kind; false when the port is to be closed. */
  message(): boolean;
  /** Counts one that fits no shape; false when the port is to be closed. */
  malformed(): boolean;
  /** Counts one call; the answer that it gets when there are too many. */
  call(): 'ok' | 'call-limit' | 'rate-limited';
  /** A call has been answered. */
  answered(): void;
}

/** Counts what a page sends, over sliding windows; `now` in milliseconds. */
export function createMessageGate(now: () => number): MessageGate {
  const messages: number[] = [];
  const calls: number[] = [];
  let open = 0;
  let broken = 0;
  return {
    message: () => within(messages, now(), 1000) <= bridgeLimits.messagesPerSecond,
    malformed: () => {
      broken += 1;
      return broken < bridgeLimits.malformed;
    },
    call: () => {
      if (open >= bridgeLimits.callsInFlight) return 'call-limit';
      if (within(calls, now(), 10_000) > bridgeLimits.callsPerTenSeconds) return 'rate-limited';
      open += 1;
      return 'ok';
    },
    answered: () => {
      open -= 1;
    },
  };
}

/** Adds this moment, forgets what is older than the window, and tells how many are left. */
function within(moments: number[], now: number, window: number): number {
  while (moments[0] !== undefined && moments[0] <= now - window) moments.shift();
  moments.push(now);
  return moments.length;
}
