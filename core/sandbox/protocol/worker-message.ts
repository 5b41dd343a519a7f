import { isPluginErrorCode } from '@digione/sdk/errors';
import type { FromWorker } from './messages.ts';

type Check = (value: unknown) => boolean;

const count: Check = (value) => Number.isSafeInteger(value) && (value as number) >= 0;
const amount: Check = (value) => typeof value === 'number' && value >= 0 && value < 1e12;
const word: Check = (value) => typeof value === 'string' && value.length <= 500;

const fields: Record<FromWorker['t'], Record<string, Check>> = {
  ready: {},
  want: { id: count, digest: word },
  answer: { id: count, cpu: amount },
  failed: { id: count, cpu: amount, code: isPluginErrorCode },
  invoke: { id: count, call: count, capability: word },
  log: { id: count, dropped: count },
  disposed: { n: count },
  pong: { n: count, isolates: count, contexts: count },
  stuck: {},
};

/** Checks a header from a worker; undefined when it is none of ours. */
export function workerMessage(header: unknown): FromWorker | undefined {
  if (typeof header !== 'object' || header === null) return undefined;
  const given = header as Record<string, unknown>;
  if (typeof given.t !== 'string' || !Object.hasOwn(fields, given.t)) return undefined;
  const checks = Object.entries(fields[given.t as FromWorker['t']]);
  return checks.every(([name, check]) => check(given[name])) ? (given as FromWorker) : undefined;
}
