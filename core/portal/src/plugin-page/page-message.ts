import { bridgeLimits } from './bridge-limits.ts';

/** What a page may say on its port; `undefined` stands for a message that fits no shape, 'unknown' for a kind of a later version. */
export type PageMessage =
  | { kind: 'call'; id: number; method: string; argument: unknown }
  | { kind: 'resize'; height: number }
  | { kind: 'escape' }
  | { kind: 'leave'; direction: 'forward' | 'backward' }
  | { kind: 'failed'; message: string }
  | { kind: 'unknown' };

const methodName = /^[a-zA-Z][a-zA-Z0-9]{0,63}$/;

export function readPageMessage(data: unknown): PageMessage | undefined {
  if (typeof data !== 'object' || data === null) return undefined;
  const message = data as Record<string, unknown>;
  switch (message.kind) {
    case 'call':
      return callOf(message);
    case 'resize':
      return Number.isInteger(message.height) && Number(message.height) >= 0
        ? { kind: 'resize', height: Math.min(Number(message.height), bridgeLimits.height) }
        : undefined;
    case 'escape':
      return { kind: 'escape' };
    case 'leave':
      return message.direction === 'forward' || message.direction === 'backward'
        ? { kind: 'leave', direction: message.direction }
        : undefined;
    case 'failed':
      return typeof message.message === 'string'
        ? { kind: 'failed', message: message.message.slice(0, 500) }
        : undefined;
    default:
      return typeof message.kind === 'string' ? { kind: 'unknown' } : undefined;
  }
}

function callOf({ id, method, argument }: Record<string, unknown>): PageMessage | undefined {
  if (!Number.isSafeInteger(id) || Number(id) < 1) return undefined;
  if (typeof method !== 'string' || !methodName.test(method)) return undefined;
  return { kind: 'call', id: Number(id), method, argument: argument ?? null };
}
