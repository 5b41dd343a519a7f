import type { Clock } from '../kernel/index.ts';
import type { GrantPlace, Grants, PluginGrant } from './grants.ts';
import { recentlyUsed } from './recently-used.ts';

/**
 * Grants kept for a moment, so that a busy page does not ask the database before each call. Nothing that reads personal data
 * rests on it: the access room decides each read anew. A change is heard at once; the moment bounds what happens when the
 * line on which it is heard is broken.
 */
export interface KeptGrants extends Grants {
  forget(): void;
}

const momentMs = 1_000;
const kept = 20_000;

export function keepGrants(grants: Grants, clock: Clock): KeptGrants {
  const recent = recentlyUsed<{ grant: PluginGrant; at: number; since: number }>(kept);
  let changes = 0;
  return {
    async of(place) {
      const name = nameOf(place);
      const now = clock.now().getTime();
      const known = recent.get(name);
      if (known && known.since === changes && now - known.at < momentMs) return known.grant;
      const since = changes; // a change while we ask makes the answer old before it is kept
      const grant = await grants.of(place);
      recent.set(name, { grant, at: now, since });
      return grant;
    },
    forget() {
      changes += 1;
    },
  };
}

function nameOf({ municipality, school, plugin }: GrantPlace): string {
  return `${municipality} ${school} ${plugin}`;
}
