import type { PluginErrorCode } from '@digione/sdk/errors';

export interface PayloadCaps {
  messageBytes: number;
  jsonDepth: number;
  jsonKeys: number;
}

const forbidden = new Set(['__proto__', 'constructor', 'prototype']);

/**
 * Why a JSON text may not cross the border, or undefined when it may: bytes, depth, number of members, and names that reach
 * prototypes. Everything passes here, in both directions.
 */
export function payloadFault(text: string, caps: PayloadCaps): PluginErrorCode | undefined {
  if (text.length > caps.messageBytes) return 'too-large';
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return 'invalid-result';
  }
  return shapeFault(value, caps);
}

function shapeFault(root: unknown, caps: PayloadCaps): PluginErrorCode | undefined {
  let level: unknown[] = [root];
  let members = 0;
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > caps.jsonDepth) return 'too-large';
    const next: unknown[] = [];
    for (const value of level) {
      if (typeof value !== 'object' || value === null) continue;
      members += collectMembers(value, next);
      if (members > caps.jsonKeys) return 'too-large';
      if (!Array.isArray(value) && Object.keys(value).some((name) => forbidden.has(name))) return 'invalid-result';
    }
    level = next;
  }
  return undefined;
}

function collectMembers(value: object, into: unknown[]): number {
  const members: unknown[] = Array.isArray(value) ? value : Object.values(value);
  for (const member of members) if (typeof member === 'object' && member !== null) into.push(member);
  return members.length;
}
