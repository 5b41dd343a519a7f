import { platformActor } from '../access/index.ts';
import type { Actor } from '../identity/index.ts';
import type { Id, Language } from '../kernel/index.ts';
import type { PluginGrant } from '../marketplace/index.ts';

/** In whose name a handler runs when nobody waits for it. */
export interface OnBehalf {
  person: Id;
  role: string;
  language: Language;
}

/** The platform itself: related to the learners of the school as far as the agreement allows background use, to nobody else. */
export const platform: OnBehalf = { person: platformActor, role: 'siteAdministrator', language: 'fi' };

/**
 * An actor without a session. Relations and roles are read from the roster at each decision, so a person who has left since has
 * no rights here either.
 */
export function absentActor({ municipality, school, schoolName }: PluginGrant, by: OnBehalf): Actor {
  const { person, role, language } = by;
  return {
    account: platformActor,
    session: 'background',
    csrf: '',
    authTime: new Date(0),
    language,
    municipality: { id: municipality, code: '', name: { fi: '', sv: '', en: '' }, kind: 'municipality' },
    person,
    name: '',
    role: role as Actor['role'],
    roleId: '',
    school: { id: school, name: schoolName },
  };
}
