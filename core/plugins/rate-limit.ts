import { type Clock, refuse } from '../kernel/index.ts';

export interface RateLimit {
  /** Takes one call from the bucket of the key; refuses when it is empty. */
  take(key: string): void;
}

export interface RateLimitOptions {
  clock: Clock;
  perSecond: number;
  /** How many seconds' worth may come at once. */
  burstSeconds: number;
  /** Buckets kept; the longest unused goes first, which only ever gives somebody a full one. */
  keys?: number;
}

interface Bucket {
  tokens: number;
  at: number;
}

/** Token buckets, one for each key. */
export function createRateLimit({ clock, perSecond, burstSeconds, keys = 50_000 }: RateLimitOptions): RateLimit {
  const full = perSecond * burstSeconds;
  const buckets = new Map<string, Bucket>();
  return {
    take(key) {
      const now = clock.now().getTime();
      const { tokens, at } = buckets.get(key) ?? { tokens: full, at: now };
      const filled = Math.min(full, tokens + ((now - at) / 1000) * perSecond);
      buckets.delete(key); // put back as the newest
      buckets.set(key, { tokens: Math.max(0, filled - 1), at: now });
      const [oldest] = buckets.keys();
      if (buckets.size > keys && oldest !== undefined) buckets.delete(oldest);
      if (filled < 1) refuse('rate-limited', `More than ${perSecond} calls a second. Wait a moment and try again.`);
    },
  };
}
