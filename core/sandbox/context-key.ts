import type { Id } from '../kernel/index.ts';

/** Whose realm it is: nothing learned under one key is there under another. */
export interface ContextKey {
  municipality: Id;
  plugin: string;
  version: string;
  digest: string;
  school: Id;
  user: Id;
}

const groupNames = ['municipality', 'plugin', 'version', 'digest'] as const;
const allParts = [...groupNames, 'school', 'user'] as const;

/** One plugin version in one municipality: what an isolate, a queue and a breaker belong to. */
export function groupOf(key: ContextKey): string {
  return groupNames.map((part) => key[part]).join('\n');
}

export function contextOf(key: ContextKey): string {
  return allParts.map((part) => key[part]).join('\n');
}

/** True when every named part of the pattern agrees. An empty pattern matches all. */
export function matches(key: ContextKey, pattern: Partial<ContextKey>): boolean {
  return allParts.every((part) => pattern[part] === undefined || pattern[part] === key[part]);
}

/** The other way round. */
export function groupParts(group: string): Pick<ContextKey, 'municipality' | 'plugin' | 'version'> {
  const [municipality = '', plugin = '', version = ''] = group.split('\n');
  return { municipality, plugin, version };
}
