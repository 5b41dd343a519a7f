import type { LegalBasis, Manifest } from '@digione/sdk/manifest';

/** What the core's HTTP API answers, as far as the portal reads it. */
export type Language = 'fi' | 'sv' | 'en';
export type Texts = Record<Language, string>;
export type Role =
  | 'teacher'
  | 'student'
  | 'guardian'
  | 'principal'
  | 'siteAdministrator'
  | 'reviewer'
  | 'dataProtectionOfficer'
  | 'vendor'
  | 'support';

export interface RoleView {
  roleId: string;
  role: Role;
  municipality: { id: string; code: string; name: Texts };
  school?: { id: string; name: string };
  personName: string;
  /** Support staff, let into the municipality until then. */
  visit?: { id: string; endsAt: string };
}

export interface SignedOut {
  signedIn: false;
  csrf?: string | null;
  language?: Language;
  today?: string;
}

export interface SignedIn {
  signedIn: true;
  csrf: string;
  name: string;
  language: Language;
  /** School calendar date, YYYY-MM-DD; the demonstration pins it. */
  today: string;
  active: RoleView;
  roles: RoleView[];
}

export type Session = SignedOut | SignedIn;

export interface SignInProvider {
  id: string;
  kind: 'mpassid' | 'suomifi' | 'staff' | 'vendor';
  label: Texts;
}

export interface SignInPlace {
  code: string;
  name: Texts;
  providers: SignInProvider[];
}

export interface SignInOptions {
  municipalities: SignInPlace[];
}

export type { LegalBasis, Manifest };
export type ManifestPurpose = Manifest['purposes'][number];
export type ManifestScope = Manifest['scopes'][number];

export interface CatalogueItem {
  plugin: string;
  version: string;
  name: Texts;
  description: Texts;
  vendor: string;
  roles: Role[];
  usesAi: boolean;
  accessibility: string;
  perLearnerYear: number;
}

/** `fresh: false` marks an answer from before the registry fell silent; `asOf` tells of when it is. */
export interface Freshness {
  fresh?: boolean;
  asOf?: string;
}

export interface CatalogueDetail extends Freshness {
  manifest: Manifest;
  versions: { version: string; state: string; revoked?: boolean }[];
}

export interface Enablement {
  id: string;
  school: { id: string; name: string };
  version: string;
  status: 'enabled' | 'stopped' | 'disabled';
  reason?: string;
  changedAt: string;
}

export interface Agreement {
  id: string;
  version: string;
  acceptedAt: string;
  expiresOn: string;
  elements: AgreementElement[];
}

export interface AgreementElement {
  purpose: string;
  element: string;
  legalBasis: LegalBasis;
  necessity: string;
  retentionDays: number;
  coarse?: boolean;
  noExport?: boolean;
  lease?: 'during-request';
}

export interface MunicipalityPlugin {
  plugin: string;
  version: string;
  name: Texts;
  agreement: Agreement;
  enablements: Enablement[];
  newVersion?: { version: string; needsAgreement: boolean };
}

export interface School {
  id: string;
  name: string;
}

export interface SchoolPlugin {
  plugin: string;
  version: string;
  name: Texts;
  description: Texts;
  tiles: { id: string; title: Texts }[];
  pages: { id: string; title: Texts }[];
  status: 'enabled' | 'stopped';
}

export interface ClassView {
  id: string;
  title?: string;
  grade?: string;
  type: 'homeroom' | 'scheduled';
  school?: { id: string; name: string };
}

export interface StudentRow {
  id: string;
  [field: string]: unknown;
}

export interface Child {
  id: string;
  name: string;
  /** Null while a non-disclosure order withholds it. */
  school: { id: string; name: string } | null;
  class: { id: string; title: string } | null;
  rights: { see: boolean; decide: boolean };
}

export interface ChildPurpose {
  purpose: string;
  text: Texts;
  legalBasis: LegalBasis;
  elements: { element: string; text: Texts }[];
}

export interface ChildPlugin {
  plugin: string;
  version: string;
  name: Texts;
  description: Texts | null;
  status: 'enabled' | 'stopped';
  purposes: ChildPurpose[];
}

export type ConsentDecision = 'give' | 'refuse' | 'withdraw' | 'defer';

export interface ConsentView {
  plugin: string;
  name: Texts;
  purpose: string;
  text: Texts;
  withoutConsent?: Texts;
  state: string;
  valid: boolean;
  notice: { hash: string; body: NoticeBody };
  may: Record<ConsentDecision, boolean>;
  mayDecide: boolean;
  /** What has changed since the last yes, by machine. */
  diff?: { kind: string; changes: { field: string; kind: string }[] };
  /** Until then the question rests. */
  quietUntil?: string;
  /** Present when Suomi.fi authorisations, and nothing else, take a decision from this guardian. */
  mandate?: 'denied' | 'unknown';
  decidedAt?: string;
  expiresOn?: string;
}

/** The plain facts from which the question is written, in the session's language: the same object that is enforced. */
export interface NoticeBody {
  text: string;
  withoutConsent: string | null;
  elements: { element: string; text: Texts }[];
  recipients: string[];
  places: string[];
  vendor: string;
  retentionDays: number;
}

export interface ReadItem {
  event: string;
  at: string;
  action: string;
  who: { role: string; name: string | null };
  plugin: string | null;
  pluginName: Texts | null;
  purpose: string | null;
  purposeText: Texts | null;
  fields: { element: string; text: Texts }[];
  reason: string | null;
}

export interface Listed<T> {
  items: T[];
  next?: string | null;
}

export interface ReviewItem {
  plugin: string;
  version: string;
  lane: 'new' | 'update';
  state: string;
  publishedAt: string;
}

export interface ReviewCheck {
  check: string;
  ok: boolean;
  severity: 'error' | 'warning';
  message: string;
  where?: string;
}

export interface TermChange {
  kind: string;
  key: string;
  direction: 'widens' | 'narrows' | 'rewords';
  text: Texts;
}

export interface ReviewDetail {
  plugin: string;
  version: string;
  digest: string;
  state: string;
  publishedAt: string;
  manifest: Manifest;
  checks?: ReviewCheck[];
  comparedWith: string | null;
  termChanges: TermChange[];
}
