import type { Id, Language } from '../kernel/index.ts';
import type { ActorMunicipality, RoleName } from './actor.ts';
import type { ProviderKind } from './settings.ts';

/** A role that a person holds today by the roster. */
export interface LiveRole {
  roleId: string;
  role: RoleName;
  municipality: ActorMunicipality;
  person: Id;
  personName: string;
  language: Language;
  school?: { id: Id; name: string };
  /** Of a guardian: whom the family view may show. */
  children?: { id: Id; name: string }[];
}

/**
 * Which roles a way of signing in can open. A school's password never opens a family's view or an
 * administrator's desk; strong identification as a private person never opens work roles.
 */
export const rolesOpenedBy: Record<ProviderKind, readonly RoleName[]> = {
  mpassid: ['teacher', 'student', 'principal'],
  suomifi: ['guardian'],
  staff: ['siteAdministrator', 'reviewer', 'dataProtectionOfficer', 'principal', 'teacher'],
  vendor: ['vendor'],
};

/** The role that a new session starts with: in the chosen municipality if there is one there. */
export function firstRole(roles: readonly LiveRole[], municipalityCode: string): LiveRole | undefined {
  return roles.find(({ municipality }) => municipality.code === municipalityCode) ?? roles[0];
}
