import { elementText } from '../../consent/index.ts';
import { listMunicipalities } from '../../education/index.ts';
import type { Actor } from '../../identity/index.ts';
import type { Texts } from '../../kernel/index.ts';
import { type AssessedAgreement, assessedAgreements } from '../assessment/assessment-store.ts';
import { categoryOf } from '../assessment/assessments.ts';
import { isInEea, triggersOf } from '../assessment/triggers.ts';
import type { RightsDeps } from '../exercising.ts';
import { coreActivities, securityMeasures } from './core-activities.ts';
import { type OfficerContact, officersOf, schoolsInUse } from './record-store.ts';

export interface RecordActivity {
  /** `core` or the plugin. */
  source: string;
  name: Texts;
  purpose: Texts;
  bases: string[];
  law: string | null;
  subjects: string[];
  categories: string[];
  fields: { element: string; text: Texts }[];
  recipients: { name: string; country: string; as: 'processor' | 'sub-processor' | 'recipient' }[];
  /** Countries outside the EU and the EEA. */
  transfers: string[];
  retention: Texts;
  schools: number | null;
  assessment: 'not-needed' | 'missing' | 'draft' | 'signed';
}

/** Record of processing activities with every field of GDPR Art. 30(1), made from what is agreed and enforced now. */
export interface ProcessingRecord {
  controller: { name: Texts; code: string };
  officers: OfficerContact[];
  madeAt: string;
  activities: RecordActivity[];
  measures: Texts[];
}

export function processingRecord({ database, clock }: RightsDeps, actor: Actor): Promise<ProcessingRecord> {
  const municipality = actor.municipality.id;
  return database.inTenant(
    municipality,
    async (tx) => {
      const own = (await listMunicipalities(tx)).find(({ id }) => id === municipality)!;
      const schools = await schoolsInUse(tx, municipality);
      const agreements = await assessedAgreements(tx, municipality);
      return {
        controller: { name: own.name, code: own.code },
        officers: await officersOf(tx, municipality, clock.today()),
        madeAt: clock.now().toISOString(),
        activities: [
          ...coreActivities.map(coreActivity),
          ...agreements.flatMap((agreement) => pluginActivities(agreement, schools.get(agreement.agreement) ?? 0)),
        ],
        measures: [...securityMeasures],
      };
    },
    { isolation: 'repeatable read', readOnly: true },
  );
}

function coreActivity({
  name,
  purpose,
  basis,
  law,
  subjects,
  categories,
  retention,
}: (typeof coreActivities)[number]): RecordActivity {
  const none = { fields: [], recipients: [], transfers: [], schools: null, assessment: 'not-needed' as const };
  return { source: 'core', name, purpose, bases: [basis], law, subjects, categories, retention, ...none };
}

function pluginActivities(
  { plugin, name, document, written, roles }: AssessedAgreement,
  schools: number,
): RecordActivity[] {
  const { vendor, egress = [], subProcessors = [], purposes, elements } = document;
  const recipients = [
    { name: vendor.name, country: vendor.country, as: 'processor' as const },
    ...subProcessors.map((one) => ({ name: one.name, country: one.country, as: 'sub-processor' as const })),
    ...egress.map(({ processor, country }) => ({ name: processor, country, as: 'recipient' as const })),
  ];
  const unwritten = triggersOf(document).length === 0 ? ('not-needed' as const) : ('missing' as const);
  return [...Map.groupBy(elements, ({ purpose }) => purpose)].map(([purpose, of]) => {
    const ids = [...new Set(of.map(({ element }) => element))].sort();
    const guardians = ids.some((id) => id.startsWith('guardians.')) ? ['guardian'] : [];
    return {
      source: plugin,
      name: name ?? same(plugin),
      purpose: purposes.find(({ id }) => id === purpose)?.text ?? same(purpose),
      bases: [...new Set(of.map(({ legalBasis }) => legalBasis))].sort(),
      law: null,
      subjects: [...new Set(['student', ...guardians, ...(roles ?? []).filter((role) => role === 'teacher')])],
      categories: [...new Set(ids.map(categoryOf))].sort(),
      fields: ids.map((element) => ({ element, text: elementText(element) })),
      recipients,
      transfers: [...new Set(recipients.map(({ country }) => country).filter((country) => !isInEea(country)))].sort(),
      retention: daysText(Math.max(...of.map(({ retentionDays }) => retentionDays))),
      schools,
      assessment: !written ? unwritten : written.signedAt ? ('signed' as const) : ('draft' as const),
    };
  });
}

const same = (word: string): Texts => ({ fi: word, sv: word, en: word });

function daysText(days: number): Texts {
  if (days === 0) return { fi: 'Ei tallenneta.', sv: 'Sparas inte.', en: 'Not stored.' };
  return { fi: `${days} päivää.`, sv: `${days} dagar.`, en: `${days} days.` };
}
