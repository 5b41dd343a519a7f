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
  | 'dataProtectionOfficer';

export interface RoleView {
  roleId: string;
  role: Role;
  municipality: { id: string; code: string; name: Texts };
  school?: { id: string; name: string };
  personName: string;
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
  kind: 'mpassid' | 'suomifi' | 'staff';
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

export type LegalBasis = 'statutory' | 'public-task' | 'consent';

export interface ManifestScope {
  capability: string;
  purpose: string;
  elements: string[];
  necessity: Texts;
  legalBasis: LegalBasis;
  retentionDays: number;
}

export interface ManifestPurpose {
  id: string;
  text: Texts;
  withoutConsent?: Texts;
}

/** digione.json, as far as people need to see it before they decide. */
export interface Manifest {
  id: string;
  version: string;
  name: Texts;
  description: Texts;
  vendor: { name: string; businessId?: string; country?: string };
  audience?: { roles?: Role[]; schoolForms?: string[]; ages?: [number, number] };
  purposes: ManifestPurpose[];
  scopes: ManifestScope[];
  egress?: { host?: string; port?: number; purpose?: Texts; categories?: string[] }[];
  subProcessors?: { name: string; country?: string; task?: Texts }[];
  ai?: { used: boolean; description?: Texts };
  accessibility?: { statement: Texts; level: string };
  price?: { perLearnerYear: number; currency: string; vatPercent: number };
  licence?: string;
  support?: { email?: string; url?: string };
  surfaces?: {
    tiles?: { id: string; roles: Role[]; title: Texts }[];
    pages?: { id: string; roles: Role[]; title: Texts }[];
  };
}

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
  status: 'enabled' | 'stopped' | 'disabled';
  version?: string;
  reason?: string | null;
  changedAt?: string;
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
  schoolType?: string;
}

export interface SchoolPlugin {
  plugin: string;
  version: string;
  name: Texts;
  description?: Texts;
  tiles: { id: string; title: Texts }[];
  pages: { id: string; title: Texts }[];
  status: 'enabled' | 'stopped' | 'disabled';
}

export interface ClassView {
  id: string;
  title: string;
  grade?: string | number | null;
  type?: 'homeroom' | 'scheduled';
  school?: { id: string; name: string };
  subject?: string | null;
}

export interface StudentRow {
  id: string;
  [field: string]: unknown;
}

export interface Child {
  id: string;
  name: string;
  school?: { id: string; name: string } | string | null;
  class?: { id: string; title: string } | string | null;
  rights: { see: boolean; decide: boolean; notify?: boolean };
}

export interface ChildPlugin {
  plugin: string;
  version?: string;
  name: Texts;
  description?: Texts;
  status: string;
  purposes?: { purpose: string; text: Texts; legalBasis: LegalBasis; elements?: { element: string; text: Texts }[] }[];
}

export interface ConsentView {
  plugin: string;
  name: Texts;
  purpose: string;
  text: Texts;
  state: string;
  valid?: boolean;
  notice: Notice;
  mayDecide: boolean;
  withoutConsent?: Texts;
  decidedAt?: string;
  expiresOn?: string | null;
}

/** The plain facts from which the question is written; the same object that is enforced. */
export interface Notice {
  hash: string;
  elements?: { element: string; text: Texts }[];
  recipients?: string[];
  retentionDays?: number;
  vendor?: string;
}

export interface ReadItem {
  at: string;
  who: { role: Role; name?: string | null };
  plugin: string | null;
  pluginName?: Texts;
  purpose?: string;
  purposeText: Texts | null;
  fields: { element: string; text: Texts }[];
  reason?: string | null;
  event: string;
}

export interface Listed<T> {
  items: T[];
  next?: string | null;
}

export interface ReviewItem {
  plugin: string;
  version: string;
  name?: Texts;
  vendor?: string;
  state: string;
  submittedAt?: string;
}

export interface ReviewCheck {
  name: string;
  passed: boolean;
  message?: string;
  detail?: string;
}

export interface DataTermsChange {
  kind: 'added' | 'removed' | 'changed';
  purpose?: string;
  element?: string;
  what?: string;
  before?: unknown;
  after?: unknown;
}

export interface ReviewDetail {
  plugin: string;
  version: string;
  state: string;
  manifest: Manifest;
  checks: ReviewCheck[];
  previousVersion?: string | null;
  diff?: DataTermsChange[];
  digest?: string;
}
