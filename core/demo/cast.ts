import type { Texts } from '../kernel/index.ts';

/** The named people of the demonstration: the main story and the hard cases. Everybody else is generated. */

export interface CastLearner {
  key: string;
  municipality: string;
  school: string;
  /** Grade and letter: `5A`. */
  className: string;
  given: string;
  family: string;
  birthDate: string;
  guardians: readonly GuardianLink[];
  /** A second school where the learner takes one subject group. */
  secondSchool?: string;
  nonDisclosure?: true;
  /** Present when the learner can sign in: what makes this one worth trying. */
  hint?: Texts;
}

export interface GuardianLink {
  guardian: string;
  /** A barred guardian stays a legal parent, but may neither see, decide nor be notified. */
  rights: 'full' | 'barred';
  /** Suomi.fi authorisations deny what the roster still grants. */
  mandate?: 'denied';
}

export interface CastGuardian {
  key: string;
  municipalities: readonly string[];
  given: string;
  family: string;
  birthDate: string;
  hint?: Texts;
}

export type StaffRole =
  | 'teacher'
  | 'principal'
  | 'siteAdministrator'
  | 'reviewer'
  | 'dataProtectionOfficer'
  | 'support';

export interface CastPost {
  municipality: string;
  role: StaffRole;
  /** Absent for a post in the whole municipality. */
  school?: string;
  /** The class that the teacher is responsible for. */
  homeroom?: string;
  /** A class that the teacher teaches besides. */
  teaches?: string;
}

export interface CastStaff {
  key: string;
  given: string;
  family: string;
  posts: readonly CastPost[];
  hint: Texts;
}
