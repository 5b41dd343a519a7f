import type { Texts } from '../../kernel/index.ts';

/** Why something is erased or kept, as the family reads it. */
const ruleWords: Readonly<Record<string, Texts>> = {
  consent: {
    fi: 'Perustui suostumukseen: poistetaan (tietosuoja-asetus 17 art. 1 b).',
    sv: 'Byggde på samtycke: raderas (dataskyddsförordningen art. 17.1 b).',
    en: 'Rested on consent: erased (GDPR Art. 17(1)(b)).',
  },
  'public-task': {
    fi: 'Yleistä etua koskeva tehtävä: poistetaan, jollei tietosuojavastaava perustele säilyttämistä (17 art. 3 b).',
    sv: 'Uppgift av allmänt intresse: raderas om dataskyddsombudet inte motiverar bevarandet (art. 17.3 b).',
    en: 'Task in the public interest: erased unless the officer gives reasons to keep it (Art. 17(3)(b)).',
  },
  'no-agreement': {
    fi: 'Lisäosasta ei ole enää sopimusta: poistetaan.',
    sv: 'Det finns inget avtal om tillägget längre: raderas.',
    en: 'There is no agreement about the plugin any more: erased.',
  },
  'agreement-retention': {
    fi: 'Lakisääteinen tieto: säilytetään sopimuksen säilytysaika, sitten poistetaan.',
    sv: 'Lagstadgad uppgift: bevaras så länge avtalet säger, raderas sedan.',
    en: 'Statutory data: kept as long as the agreement says, then erased.',
  },
  'no-longer-needed': {
    fi: 'Ei enää tarpeen: poistetaan (17 art. 1 a).',
    sv: 'Behövs inte längre: raderas (art. 17.1 a).',
    en: 'No longer needed: erased (Art. 17(1)(a)).',
  },
  schooling: {
    fi: 'Opetuksen järjestäjä tarvitsee tiedon, kun oppilas käy koulua (perusopetuslaki 628/1998). Tarkistetaan lukuvuoden lopussa.',
    sv: 'Utbildningsanordnaren behöver uppgiften så länge eleven går i skolan (lagen om grundläggande utbildning 628/1998). Ses över vid läsårets slut.',
    en: 'The education provider needs it while the learner goes to school (Basic Education Act 628/1998). Looked at again at the end of the school year.',
  },
  'school-year': {
    fi: 'Lukuvuoden poissaolo- ja läsnäolotieto: säilytetään seuraavan lukuvuoden loppuun.',
    sv: 'Läsårets när- och frånvaro: bevaras till slutet av nästa läsår.',
    en: 'Attendance of the school year: kept to the end of the next school year.',
  },
  results: {
    fi: 'Arviointitieto on säilytettävä pysyvästi (Kansallisarkiston päätös).',
    sv: 'Bedömningsuppgifter ska bevaras varaktigt (Riksarkivets beslut).',
    en: 'Results must be kept permanently (decision of the National Archives).',
  },
  accountability: {
    fi: 'Osoitusvelvollisuus ja oikeusvaateet: säilytetään kolme vuotta (5 art. 2, 17 art. 3 e).',
    sv: 'Ansvarsskyldighet och rättsliga anspråk: bevaras i tre år (art. 5.2, 17.3 e).',
    en: 'Accountability and legal claims: kept for three years (Art. 5(2), 17(3)(e)).',
  },
  safety: {
    fi: 'Turvallisuutta koskevaa merkintää ei poisteta pyynnöstä.',
    sv: 'En anteckning om säkerhet raderas inte på begäran.',
    en: 'An entry about safety is not erased on request.',
  },
  log: {
    fi: 'Lokin henkilöavain tuhotaan, kun mitään muuta ei enää säilytetä: loki ei sen jälkeen kerro henkilöstä mitään.',
    sv: 'Personens nyckel i loggen förstörs när inget annat bevaras: därefter säger loggen ingenting om personen.',
    en: 'The person’s key of the log is destroyed once nothing else is kept: after that the log says nothing about the person.',
  },
  declined: {
    fi: 'Tietosuojavastaava ei poista: perustelut vieressä.',
    sv: 'Dataskyddsombudet raderar inte: motiveringen står bredvid.',
    en: 'The officer does not erase it: the reasons stand beside it.',
  },
};

export function ruleText(rule: string): Texts {
  return ruleWords[rule] ?? { fi: rule, sv: rule, en: rule };
}

/** How long the core keeps a source of its own, as data. */
export interface CoreRule {
  source: string;
  rule: string;
  keep:
    | { how: 'not' }
    /** While the person has a role or goes to school here; looked at again each 1 August. */
    | { how: 'while-at-school' }
    /** To 1 August of the year after the one in which the newest row arose. */
    | { how: 'next-school-year' }
    | { how: 'years'; years: number }
    | { how: 'for-good' };
}

export const coreRules: readonly CoreRule[] = [
  { source: 'messages', rule: 'no-longer-needed', keep: { how: 'not' } },
  { source: 'mails', rule: 'no-longer-needed', keep: { how: 'not' } },
  { source: 'notifications', rule: 'no-longer-needed', keep: { how: 'not' } },
  { source: 'events', rule: 'no-longer-needed', keep: { how: 'not' } },
  { source: 'person', rule: 'schooling', keep: { how: 'while-at-school' } },
  { source: 'identifiers', rule: 'schooling', keep: { how: 'while-at-school' } },
  { source: 'roles', rule: 'schooling', keep: { how: 'while-at-school' } },
  { source: 'enrolments', rule: 'schooling', keep: { how: 'while-at-school' } },
  { source: 'guardians', rule: 'schooling', keep: { how: 'while-at-school' } },
  { source: 'attendance', rule: 'school-year', keep: { how: 'next-school-year' } },
  { source: 'absences', rule: 'school-year', keep: { how: 'next-school-year' } },
  { source: 'results', rule: 'results', keep: { how: 'for-good' } },
  { source: 'consents', rule: 'accountability', keep: { how: 'years', years: 3 } },
  { source: 'protections', rule: 'safety', keep: { how: 'for-good' } },
];
