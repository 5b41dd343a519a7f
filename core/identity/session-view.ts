import type { Clock, Language } from '../kernel/index.ts';
import { activeAmong, type LiveRole } from './roles.ts';
import type { RoleView, SessionView } from './session-schemas.ts';
import type { FoundSession, Sessions } from './sessions.ts';

/** What the portal shows of a session: who, in which role, and which other roles there are. */
export async function viewSession(
  found: FoundSession | undefined,
  language: Language,
  { sessions, clock }: { sessions: Sessions; clock: Clock },
): Promise<SessionView> {
  const roles = found ? await sessions.rolesOf(found.row) : [];
  const active = found && activeAmong(roles, found.row.roleId);
  const today = clock.today();
  if (!found || !active) return { signedIn: false, csrf: null, language, today };
  return {
    signedIn: true,
    csrf: found.csrf,
    name: active.personName,
    language: found.row.language,
    today,
    authTime: found.row.authTime.toISOString(),
    active: viewRole(active),
    roles: roles.map(viewRole),
  };
}

function viewRole({ roleId, role, municipality, school, personName, children, visit }: LiveRole): RoleView {
  return {
    ...{ roleId, role, municipality, personName },
    ...(school && { school }),
    ...(children && { children }),
    ...(visit && { visit: { id: visit.id, endsAt: visit.endsAt.toISOString() } }),
  };
}
