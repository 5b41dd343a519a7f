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
  /** Of support staff: let into this municipality until then; `home` is where the roster knows the person. */
  visit?: { id: Id; endsAt: Date; home: Id };
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
  staff: ['siteAdministrator', 'reviewer', 'dataProtectionOfficer', 'principal', 'teacher', 'support'],
  vendor: ['vendor'],
};

/** The role that a new session starts with: in the chosen municipality if there is one there. */
export function firstRole(roles: readonly LiveRole[], municipalityCode: string): LiveRole | undefined {
  return roles.find(({ municipality }) => municipality.code === municipalityCode) ?? roles[0];
}

/** Begins the ids of roles that a visit gives. */
export const visitRolePrefix = 'visit-';

/** The role that a session goes on in. A visit that has ended leaves its visitor at their own desk. */
export function activeAmong(roles: readonly LiveRole[], roleId: string): LiveRole | undefined {
  const held = roles.find((role) => role.roleId === roleId);
  if (held || !roleId.startsWith(visitRolePrefix)) return held;
  return roles.find(({ role, visit }) => role === 'support' && !visit);
}
