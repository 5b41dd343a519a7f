import type { LegalBasis } from '@digione/sdk/manifest';
import type { Id } from '../kernel/index.ts';
import { covers, type Obligations, obligationsOf, portalObligations } from './obligations.ts';
import { ownsClass, relatedTo } from './relations.ts';
import { hiding, isListed, isProtected, isWithheld } from './overlays.ts';
import type { Question, World } from './world.ts';

export type GateCode =
  | 'not-related'
  | 'plugin-not-enabled'
  | 'plugin-stopped'
  | 'plugin-disabled'
  | 'agreement-missing'
  | 'background-not-agreed'
  | 'not-found';

export type FieldCode =
  | GateCode
  | 'not-agreed'
  | 'lease-not-agreed'
  | 'consent-missing'
  | 'objection'
  | 'restriction'
  | 'custody'
  | 'learner-private'
  | 'non-disclosure';

export type FieldDecision =
  | { allow: true; basis: LegalBasis; obligations: Obligations }
  | { allow: false; code: FieldCode };

export interface SubjectDecision {
  person: Id;
  /** Whether the answer contains a row of this person at all. */
  visible: boolean;
  fields: Record<string, FieldDecision>;
}

export interface Decision {
  /** Refusal of the whole question; a plugin that is stopped gets this, never an empty list. */
  verdict?: GateCode;
  subjects: SubjectDecision[];
}

/** Elements that a non-disclosure order withholds from everybody off its list. */
export const withheldElements: ReadonlySet<string> = new Set([
  'students.email',
  'students.phone',
  'students.address',
  'students.photo',
  'guardians.phone',
  'guardians.email',
]);

/** The reference decision: deny wins, and each denied field says why. The SQL of the hot path must agree with it. */
export function decide(world: World, question: Question): Decision {
  const verdict = gate(world, question);
  if (verdict) return { verdict, subjects: [] };
  const subjects = relatedTo(world, question)
    .filter((person) => world.persons.some(({ id, active }) => id === person && active))
    .map((person) => decideSubject(world, question, person));
  return { subjects };
}

/** Decision for one person, related or not: the base of every explanation. */
export function decideSubject(world: World, question: Question, person: Id): SubjectDecision {
  const refused = gate(world, question) ?? (relatedTo(world, question).includes(person) ? undefined : 'not-related');
  const overlay = refused ?? hiding(world, question, person);
  const fields: Record<string, FieldDecision> = {};
  for (const element of question.elements) {
    const based = basis(world, question, { person, element });
    fields[element] = overlay ? { allow: false, code: overlay } : based;
  }
  const visible = Object.values(fields).some((field) => field.allow);
  for (const element of question.elements) {
    const field = fields[element]!;
    if (field.allow && withheldElements.has(element)) fields[element] = protect(world, question, { person, field });
  }
  return { person, visible, fields };
}

/** A withheld contact: nothing for those off the list, and for those on it something to use here and send nowhere. */
function protect(
  world: World,
  question: Question,
  { person, field }: { person: Id; field: Extract<FieldDecision, { allow: true }> },
): FieldDecision {
  if (isWithheld(world, question, person)) return { allow: false, code: 'non-disclosure' };
  const noExport = field.obligations.noExport || isListed(world, question, person);
  return { ...field, obligations: { ...field.obligations, noExport } };
}

function gate(world: World, question: Question): GateCode | undefined {
  if (question.plugin !== undefined) {
    const enabled = world.enablements.find(
      ({ school, plugin }) => school === question.school && plugin === question.plugin,
    );
    if (!enabled) return 'plugin-not-enabled';
    if (enabled.status === 'stopped') return 'plugin-stopped';
    if (enabled.status === 'disabled') return 'plugin-disabled';
    const agreement = world.agreements.find(({ id }) => id === enabled.agreement);
    // That it has expired stops new enablement, not access to data.
    if (!agreement || agreement.status === 'terminated') return 'agreement-missing';
    if (question.role === 'platform' && !isJobAgreed(world, question, agreement.id)) return 'background-not-agreed';
  }
  if (question.class !== undefined && !ownsClass(world, question, question.class)) return 'not-found';
  return undefined;
}

/** A job without a single element for it is refused: an empty list would look like a school without learners. */
function isJobAgreed(world: World, { purpose, elements, lease }: Question, agreement: Id): boolean {
  const rows = world.agreed.filter((row) => row.agreement === agreement && row.purpose === purpose);
  return lease === 'background' && rows.some(({ element, background }) => background && elements.includes(element));
}

function basis(world: World, question: Question, what: { person: Id; element: string }): FieldDecision {
  if (question.plugin === undefined)
    return question.lease === 'background'
      ? { allow: false, code: 'background-not-agreed' }
      : { allow: true, basis: 'statutory', obligations: portalObligations };
  const enabled = world.enablements.find(
    ({ school, plugin }) => school === question.school && plugin === question.plugin,
  );
  const agreed = world.agreed.find(
    ({ agreement, purpose, element }) =>
      agreement === enabled?.agreement && purpose === question.purpose && element === what.element,
  );
  if (!agreed) return { allow: false, code: 'not-agreed' };
  const obligations = obligationsOf(agreed);
  if (!covers(obligations.lease, question.lease ?? 'during-request'))
    return { allow: false, code: question.lease === 'background' ? 'background-not-agreed' : 'lease-not-agreed' };
  if (agreed.basis === 'consent' && !hasConsent(world, question, { ...what, agreement: agreed.agreement }))
    return { allow: false, code: 'consent-missing' };
  if (agreed.basis === 'public-task' && isProtected(world, question, { ...what, kind: 'objection' }))
    return { allow: false, code: 'objection' };
  return { allow: true, basis: agreed.basis, obligations };
}

function hasConsent(world: World, question: Question, what: { person: Id; element: string; agreement: Id }): boolean {
  const { person, element } = what;
  const major = world.agreements.find(({ id }) => id === what.agreement)?.consentMajor;
  return world.consents.some(
    (consent) =>
      consent.person === person &&
      consent.plugin === question.plugin &&
      consent.purpose === question.purpose &&
      consent.valid &&
      consent.consentMajor === major &&
      (consent.expiresOn === undefined || consent.expiresOn > question.today) &&
      consent.elements.includes(element),
  );
}
