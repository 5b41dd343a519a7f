import type { Actor } from '../identity/index.ts';
import type { Id, Log } from '../kernel/index.ts';
import type { PluginGrant } from '../marketplace/index.ts';

/** On whose behalf a plugin asks: what it was granted, and the person in front of it. */
export interface Caller {
  grant: PluginGrant;
  actor: Actor;
  /** Present when nobody waits for the answer: then only what the agreement allows in the background is open. */
  lease?: 'background';
  log: Log;
  trace: string;
  /** Persons and elements that this context has read so far: what may have flowed into whatever it sends out. */
  seen: Seen;
}

export interface Seen {
  elements: Set<string>;
  persons: Set<Id>;
  /** Elements among them that may be sent nowhere. */
  noExport: Set<string>;
  /** Whether something was read that may not outlive the request. */
  endsWithRequest: boolean;
}

export function nothingSeen(): Seen {
  return { elements: new Set(), persons: new Set(), noExport: new Set(), endsWithRequest: false };
}
