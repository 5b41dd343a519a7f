import { isIPv6 } from 'node:net';
import type { Clock } from '../kernel/index.ts';

/** How many sign-ins may be started from one address. A whole school may share one, so it is generous. */
export interface StartLimitSettings {
  perMinute: number;
  /** Addresses that are remembered; the one that was quiet longest makes room. */
  addresses: number;
}

export const startLimitSettings: StartLimitSettings = { perMinute: 600, addresses: 10_000 };

/** True when one more sign-in may start from there. */
export type StartLimit = (address: string) => boolean;

interface Bucket {
  left: number;
  at: number;
}

/** A bucket per address that holds a minute's worth and fills evenly; of this node alone. */
export function createStartLimit(clock: Clock, { perMinute, addresses } = startLimitSettings): StartLimit {
  const buckets = new Map<string, Bucket>();
  return (address) => {
    const key = networkOf(address);
    const now = clock.now().getTime();
    const { left, at } = buckets.get(key) ?? { left: perMinute, at: now };
    // A clock that was set back takes nothing away.
    const filled = Math.min(perMinute, left + (Math.max(0, now - at) * perMinute) / 60_000);
    const allowed = filled >= 1;
    buckets.delete(key);
    buckets.set(key, { left: allowed ? filled - 1 : filled, at: now });
    if (buckets.size > addresses) buckets.delete(buckets.keys().next().value!);
    return allowed;
  };
}

/** One subscriber of IPv6 has a whole /64 (RFC 6177): its addresses count as one. */
export function networkOf(address: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  if (mapped || !isIPv6(address)) return mapped ?? address;
  const [head = '', tail] = address.toLowerCase().split('%')[0]!.split('::');
  const groups = head.split(':').filter((group) => group !== '');
  const rest = (tail ?? '').split(':').filter((group) => group !== '');
  const zeros = Array<string>(tail === undefined ? 0 : Math.max(0, 8 - groups.length - rest.length)).fill('0');
  return `${[...groups, ...zeros, ...rest].slice(0, 4).join(':')}::/64`;
}
