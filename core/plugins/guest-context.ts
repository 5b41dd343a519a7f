import type { GuestContext } from '@digione/sdk/capabilities';
import type { Role } from '@digione/sdk/manifest';
import type { Access } from '../access/index.ts';
import type { Actor } from '../identity/index.ts';
import type { Clock } from '../kernel/index.ts';
import type { PluginGrant } from '../marketplace/index.ts';

/** What a plugin is told about where it runs: pairwise ids, no person's name, nothing that another plugin could match. */
export function guestContext(
  { access, clock }: { access: Pick<Access, 'pseudonym'>; clock: Clock },
  actor: Actor,
  { municipality, plugin, version, school, schoolName }: PluginGrant,
): GuestContext {
  return {
    plugin: { id: plugin, version },
    user: {
      id: access.pseudonym(municipality, plugin, actor.person),
      role: actor.role as Role,
      language: actor.language,
    },
    school: { id: access.pseudonym(municipality, plugin, school), name: schoolName },
    today: clock.today(),
  };
}
