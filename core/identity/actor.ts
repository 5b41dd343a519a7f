import type { Id, Language, Texts } from '../kernel/index.ts';

export const roleNames = [
  'teacher',
  'student',
  'guardian',
  'principal',
  'siteAdministrator',
  'reviewer',
  'dataProtectionOfficer',
  'vendor',
  'support',
] as const;

export type RoleName = (typeof roleNames)[number];

export interface ActorMunicipality {
  id: Id;
  code: string;
  name: Texts;
  /** The coordinating company is kept as a municipality of its own kind; its reviewers review plugins. */
  kind: 'municipality' | 'coordinator';
}

/**
 * Who is acting in this request: one person, in one role, in one municipality.
 * Made from the session and the roster on each request; never from what a browser says.
 */
export interface Actor {
  account: Id;
  /** Stable while the sign-in lasts; safe to log. It is not the cookie's value. */
  session: string;
  csrf: string;
  /** When the identity provider last saw the person sign in. */
  authTime: Date;
  language: Language;
  municipality: ActorMunicipality;
  person: Id;
  name: string;
  role: RoleName;
  school?: { id: Id; name: string };
  /** Support staff of the operator, let into the municipality for a while: they look and change nothing. */
  visit?: { id: Id; endsAt: Date };
  readOnly?: true;
  /** Names this role among all roles of the account: what POST /api/session/role takes. */
  roleId: string;
}
