import { bridgeLimits } from './bridge-limits.ts';

const forbiddenKeys = new Set(['__proto__', 'constructor', 'prototype']);

/** Whether a value may travel to the backend: plain JSON, not too deep, not too large, no keys that could touch a prototype. */
export function checkArgument(value: unknown): 'ok' | 'invalid-argument' | 'too-large' {
  if (!isPlain(value, 1)) return 'invalid-argument';
  return JSON.stringify(value).length > bridgeLimits.jsonCharacters ? 'too-large' : 'ok';
}

function isPlain(value: unknown, depth: number): boolean {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return true;
  if (typeof value === 'number') return Number.isFinite(value);
  if (typeof value !== 'object' || depth > bridgeLimits.depth) return false;
  if (Array.isArray(value)) return value.every((item) => isPlain(item, depth + 1));
  if (Object.getPrototypeOf(value) !== Object.prototype) return false;
  return Object.entries(value).every(([key, item]) => !forbiddenKeys.has(key) && isPlain(item, depth + 1));
}
