import type { LegalBasis } from '@digione/sdk/manifest';
import type { Id } from '../kernel/index.ts';
import { ownsClass, relatedTo } from './relations.ts';
import { hiding, isProtected, isWithheld } from './overlays.ts';
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
  | 'consent-missing'
  | 'objection'
  | 'restriction'
  | 'custody'
  | 'learner-private'
  | 'non-disclosure';

export type FieldDecision = { allow: true; basis: LegalBasis } | { allow: false; code: FieldCode };

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
  for (const element of question.elements)
    if (fields[element]?.allow && withheldElements.has(element) && isWithheld(world, question, person))
      fields[element] = { allow: false, code: 'non-disclosure' };
  return { person, visible, fields };
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
      : { allow: true, basis: 'statutory' };
  const enabled = world.enablements.find(
    ({ school, plugin }) => school === question.school && plugin === question.plugin,
  );
  const agreed = world.agreed.find(
    ({ agreement, purpose, element }) =>
      agreement === enabled?.agreement && purpose === question.purpose && element === what.element,
  );
  if (!agreed) return { allow: false, code: 'not-agreed' };
  if (question.lease === 'background' && !agreed.background) return { allow: false, code: 'background-not-agreed' };
  if (agreed.basis === 'consent' && !hasConsent(world, question, { ...what, agreement: agreed.agreement }))
    return { allow: false, code: 'consent-missing' };
  if (agreed.basis === 'public-task' && isProtected(world, question, { ...what, kind: 'objection' }))
    return { allow: false, code: 'objection' };
  return { allow: true, basis: agreed.basis };
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
