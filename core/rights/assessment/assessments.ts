import { type DataElement, dataElements } from '@digione/sdk/manifest';
import { appendEvent } from '../../audit/index.ts';
import { elementText } from '../../consent/index.ts';
import type { Tx } from '../../db/index.ts';
import type { Actor } from '../../identity/index.ts';
import { canonicalJson, type Id, newId, refuse, sha256Hex, type Texts } from '../../kernel/index.ts';
import type { RightsDeps } from '../exercising.ts';
import {
  type AssessedAgreement,
  assessedAgreement,
  assessedAgreements,
  signAssessment,
  writeAssessment,
  type WrittenRisk,
} from './assessment-store.ts';
import { proposedRisks } from './risk-words.ts';
import { countriesOf, isInEea, triggersOf } from './triggers.ts';

export interface AssessmentLine {
  agreement: string;
  plugin: string;
  name: Texts | null;
  consentMajor: number;
  triggers: string[];
  state: 'not-needed' | 'missing' | 'draft' | 'signed';
  signedAt: string | null;
}

/** The assessment as it stands: what the agreement tells, and what the officer has written. */
export interface Assessment extends AssessmentLine {
  description: {
    vendor: string;
    subjects: string[];
    purposes: { purpose: string; text: Texts | null; bases: string[]; necessity: string[]; retentionDays: number }[];
    data: { element: string; text: Texts; category: string }[];
    recipients: { name: string; country: string; inEea: boolean }[];
    countries: string[];
    usesAi: boolean;
    background: boolean;
  };
  risks: { id: string; text: Texts; safeguard: Texts; likelihood: number; severity: number; mitigation: string }[];
  necessity: string;
  conclusion: string;
  revision: number;
  signedHash: string | null;
}

export interface AssessmentText {
  risks: WrittenRisk[];
  necessity: string;
  conclusion: string;
  revision: number;
}

/** Above this product of likelihood and severity the authority is asked first (Art. 36(1)). */
const highestResidual = 9;
const leastWords = 20;

export function listAssessments({ database }: RightsDeps, actor: Actor): Promise<AssessmentLine[]> {
  const municipality = actor.municipality.id;
  return database.inTenant(municipality, async (tx) => (await assessedAgreements(tx, municipality)).map(lineOf), {
    readOnly: true,
  });
}

export function readAssessment({ database }: RightsDeps, actor: Actor, agreement: Id): Promise<Assessment> {
  const municipality = actor.municipality.id;
  return database.inTenant(municipality, async (tx) => assessmentOf(await found(tx, municipality, agreement)), {
    readOnly: true,
  });
}

/** Keeps what the officer has written so far; what is signed never changes. */
export function write(
  deps: RightsDeps,
  actor: Actor,
  { agreement, ...text }: AssessmentText & { agreement: Id },
): Promise<Assessment> {
  const municipality = actor.municipality.id;
  return deps.database.inTenant(municipality, async (tx) => {
    const of = await found(tx, municipality, agreement);
    const known = new Set<string>(proposedRisks(triggersOf(of.document)).map(({ id }) => id));
    if (text.risks.length !== known.size || !text.risks.every(({ id }) => known.delete(id)))
      refuse('invalid', 'Weigh each of the risks that the assessment names, once.');
    const writing = { id: newId(), of, ...text, by: actor.person, at: deps.clock.now() };
    if (!(await writeAssessment(tx, municipality, writing)))
      refuse('conflict', 'The assessment is signed, or somebody has changed it. Reload it.');
    await log(deps, tx, actor, { action: 'assessment.write', plugin: of.plugin });
    return assessmentOf(await found(tx, municipality, agreement));
  });
}

/** The officer signs what stands there: every risk answered, none left so high that the authority must be asked first. */
export function signIt(
  deps: RightsDeps,
  actor: Actor,
  { agreement, revision }: { agreement: Id; revision: number },
): Promise<Assessment> {
  const municipality = actor.municipality.id;
  return deps.database.inTenant(municipality, async (tx) => {
    const of = await found(tx, municipality, agreement);
    const shown = assessmentOf(of);
    checkWhole(shown);
    const { signedAt: _at, signedHash: _hash, state: _state, ...content } = shown;
    const hash = sha256Hex(canonicalJson({ ...content, termsHash: of.termsHash }));
    const signing = { id: of.written!.id, revision, by: actor.person, at: deps.clock.now(), hash };
    if (!(await signAssessment(tx, municipality, signing)))
      refuse('conflict', 'The assessment is signed already, or somebody has changed it. Reload it.');
    await log(deps, tx, actor, { action: 'assessment.sign', plugin: of.plugin, reason: hash });
    return assessmentOf(await found(tx, municipality, agreement));
  });
}

function checkWhole({ risks, necessity, conclusion, state }: Assessment): void {
  const isAnswered = risks.every(({ mitigation }) => mitigation.trim().length >= 3);
  if (state === 'missing' || !isAnswered || [necessity, conclusion].some((text) => text.trim().length < leastWords))
    refuse('invalid', 'Before it is signed, each risk has a measure, and necessity and conclusion are written.');
  if (risks.some(({ likelihood, severity }) => likelihood * severity > highestResidual))
    refuse('invalid', 'A risk is still high. Ask the supervisory authority first (Art. 36), or do more about it.');
}

async function found(tx: Tx, municipality: Id, agreement: Id): Promise<AssessedAgreement> {
  return (
    (await assessedAgreement(tx, municipality, agreement)) ??
    refuse('not-found', 'Your municipality has no such agreement in force.')
  );
}

function lineOf({ agreement, plugin, name, consentMajor, document, written }: AssessedAgreement): AssessmentLine {
  const triggers = triggersOf(document);
  const unwritten = triggers.length === 0 ? ('not-needed' as const) : ('missing' as const);
  const state = !written ? unwritten : written.signedAt ? ('signed' as const) : ('draft' as const);
  const signedAt = written?.signedAt?.toISOString() ?? null;
  return { agreement, plugin, name, consentMajor, triggers, state, signedAt };
}

function assessmentOf(of: AssessedAgreement): Assessment {
  const { written } = of;
  const mine = new Map(written?.risks.map((risk) => [risk.id, risk]));
  return {
    ...lineOf(of),
    description: descriptionOf(of),
    risks: proposedRisks(triggersOf(of.document)).map((risk) => ({ ...risk, mitigation: '', ...mine.get(risk.id) })),
    necessity: written?.necessity ?? '',
    conclusion: written?.conclusion ?? '',
    revision: written?.revision ?? 0,
    signedHash: written?.signedHash ?? null,
  };
}

function descriptionOf({ document, roles }: AssessedAgreement): Assessment['description'] {
  const { vendor, elements, egress = [], subProcessors = [], purposes, ai } = document;
  const outside = [
    { name: vendor.name, country: vendor.country },
    ...subProcessors.map(({ name, country }) => ({ name, country })),
    ...egress.map(({ processor, country }) => ({ name: processor, country })),
  ];
  const recipients = [...new Map(outside.map((one) => [JSON.stringify(one), one])).values()];
  const ids = [...new Set(elements.map(({ element }) => element))].sort();
  return {
    vendor: vendor.name,
    subjects: [
      ...new Set(['student', ...(roles ?? []), ...(ids.some((id) => id.startsWith('guardians.')) ? ['guardian'] : [])]),
    ],
    purposes: [...Map.groupBy(elements, ({ purpose }) => purpose)].map(([purpose, of]) => ({
      purpose,
      text: purposes.find(({ id }) => id === purpose)?.text ?? null,
      bases: [...new Set(of.map(({ legalBasis }) => legalBasis))].sort(),
      necessity: [...new Set(of.map(({ necessity }) => necessity))],
      retentionDays: Math.max(...of.map(({ retentionDays }) => retentionDays)),
    })),
    data: ids.map((element) => ({ element, text: elementText(element), category: categoryOf(element) })),
    recipients: recipients.map((one) => ({ ...one, inEea: isInEea(one.country) })),
    countries: countriesOf(document),
    usesAi: ai?.used ?? false,
    background: elements.some(({ background }) => background),
  };
}

export function categoryOf(element: string): string {
  return (dataElements as Record<string, DataElement>)[element]?.category ?? 'content';
}

async function log(
  { clock }: RightsDeps,
  tx: Tx,
  actor: Actor,
  act: { action: string; plugin: string; reason?: string },
): Promise<void> {
  const by = { municipality: actor.municipality.id, actor: actor.person, actorRole: actor.role };
  await appendEvent(tx, { ...by, ...act }, clock);
}
