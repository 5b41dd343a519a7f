import type { LegalBasis } from '@digione/sdk/manifest';
import type { RoleName } from '../identity/index.ts';
import type { Id } from '../kernel/index.ts';
import type { Lease } from './obligations.ts';

/** `YYYY-MM-DD` */
export type Day = string;

export interface Span {
  from: Day;
  /** Exclusive; absent means open. */
  to?: Day;
}

/** What a decision rests on, as plain rows of one municipality. */
export interface World {
  enablements: { school: Id; plugin: string; agreement: Id; status: 'enabled' | 'stopped' | 'disabled' }[];
  agreements: {
    id: Id;
    plugin: string;
    consentMajor: number;
    status: 'valid' | 'terminated' | 'expired';
    expiresOn: Day;
  }[];
  agreed: {
    agreement: Id;
    purpose: string;
    element: string;
    basis: LegalBasis;
    background: boolean;
    coarse?: boolean;
    noExport?: boolean;
    lease?: 'during-request' | 'while-user-online';
  }[];
  persons: { id: Id; birthDate?: Day; active: boolean }[];
  classes: { id: Id; school: Id; active: boolean }[];
  roles: { person: Id; role: RoleName; org: Id; span: Span }[];
  enrollments: { person: Id; class: Id; school: Id; role: 'student' | 'teacher'; span: Span }[];
  guardianships: { guardian: Id; child: Id; canSee: boolean; canDecide: boolean; span: Span }[];
  protections: { person: Id; kind: ProtectionKind; against?: Id; span: Span }[];
  permits: { person: Id; permitted: Id; to?: Day }[];
  /** Break-glass: opened by a second person until a moment, ISO 8601. */
  openings?: { person: Id; by: Id; until: string }[];
  /** Support staff of the operator, let into a school until a moment, ISO 8601. */
  visits?: { by: Id; school: Id; until: string }[];
  consents: {
    person: Id;
    plugin: string;
    purpose: string;
    consentMajor: number;
    valid: boolean;
    expiresOn?: Day;
    elements: string[];
  }[];
}

export type ProtectionKind = 'non-disclosure' | 'custody' | 'learner-private' | 'restriction' | 'objection';

/** A role of a person, or a job of the platform itself for which nobody waits. */
export type ViewerRole = RoleName | 'platform';

export interface Question {
  school: Id;
  /** Absent: the portal's own door, which rests on law. */
  plugin?: string;
  purpose: string;
  actor: Id;
  role: ViewerRole;
  today: Day;
  /** ISO 8601; only break-glass and visits of support end within a day. */
  now?: string;
  elements: string[];
  class?: Id;
  lease?: Lease;
}

export function holds(span: Span, today: Day): boolean {
  return span.from <= today && (span.to === undefined || span.to > today);
}
