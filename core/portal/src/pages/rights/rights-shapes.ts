import type { Texts } from '../../api/shapes.ts';

export type RequestKind = 'erasure' | 'rectification' | 'restriction' | 'objection';
export const requestKinds: readonly RequestKind[] = ['rectification', 'erasure', 'restriction', 'objection'];

/** Fields that can be corrected in the core's own record. */
export const correctable = [
  'students.givenName',
  'students.familyName',
  'students.preferredName',
  'students.birthDate',
  'students.email',
  'students.phone',
  'students.address',
] as const;

export interface ErasureLine {
  source: string;
  text: Texts;
  plugin: string | null;
  purpose: string | null;
  choice: string;
  ruleText: Texts;
  reason: string | null;
  dueOn: string | null;
  doneAt: string | null;
  rows: number | null;
}

export interface OwnRequest {
  id: string;
  kind: RequestKind;
  askedAt: string;
  wish: string;
  element: string | null;
  value: string | null;
  dueOn: string;
  extension: string | null;
  state: 'open' | 'decided' | 'withdrawn';
  outcome: string | null;
  reasons: string | null;
  inForce: boolean;
  erasures: ErasureLine[];
  recipients: { kind: string; name: string; state: string }[];
  receipts: { id: string; at: string }[];
}

export interface OwnRequests {
  requests: OwnRequest[];
  inForce: { kind: RequestKind; since: string }[];
  mayAsk: boolean;
}

export interface OwnExport {
  id: string;
  state: 'waiting' | 'ready' | 'stopped' | 'expired';
  expiresAt: string | null;
  askedAt: string;
  done: number;
  sources: { source: string; title: Texts; rows: number; completeness: string }[];
}

export interface RequestLine {
  id: string;
  person: { id: string; name: string };
  kind: RequestKind;
  askedRole: string;
  onBehalf: string | null;
  askedAt: string;
  dueOn: string;
  daysLeft: number;
  state: OwnRequest['state'];
  outcome: string | null;
  inForce: boolean;
}

export interface PlanLine {
  source: string;
  text: Texts;
  plugin: string;
  purpose: string;
  rows: number;
  proposal: 'erase' | 'retain';
  ruleText: Texts;
  dueOn: string | null;
}

export interface Recipient {
  kind: string;
  name: string;
  elements: { element: string; text: Texts }[];
  lastReadAt: string;
  state: 'to-tell' | 'told' | 'acknowledged';
}

export interface RequestDetail extends RequestLine {
  request: OwnRequest;
  elementText: Texts | null;
  present: string | null;
  plan: PlanLine[];
  recipients: Recipient[];
}

export interface IncidentView {
  id: string;
  title: string;
  plugin: string;
  from: string;
  to: string;
  knownAt: string;
  dueAt: string;
  hoursLeft: number;
  state: 'open' | 'assessed' | 'notified' | 'closed';
  risk: 'none' | 'risk' | 'high-risk' | null;
  findings: string | null;
  measures: string | null;
  authorityAt: string | null;
  authorityReference: string | null;
  lettersAt: string | null;
  closing: string | null;
  persons: number;
}

export interface AssessmentLine {
  agreement: string;
  plugin: string;
  name: Texts | null;
  consentMajor: number;
  triggers: string[];
  state: 'not-needed' | 'missing' | 'draft' | 'signed';
  signedAt: string | null;
}

export interface Risk {
  id: string;
  text: Texts;
  safeguard: Texts;
  likelihood: number;
  severity: number;
  mitigation: string;
}

export interface AssessmentView extends AssessmentLine {
  description: {
    vendor: string;
    subjects: string[];
    purposes: { purpose: string; text: Texts | null; bases: string[]; necessity: string[]; retentionDays: number }[];
    data: { element: string; text: Texts }[];
    recipients: { name: string; country: string }[];
    usesAi: boolean;
  };
  risks: Risk[];
  necessity: string;
  conclusion: string;
  revision: number;
  signedHash: string | null;
}
