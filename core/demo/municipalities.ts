import type { Id, Texts } from '../kernel/index.ts';
import { demoId, testOrganisationOid } from './identifiers.ts';

/** The school calendar date on which the demonstration stands still: a Tuesday. */
export const demonstrationDate = '2026-11-24';

export interface DemoSchool {
  key: string;
  id: Id;
  /** Five digits; real institution codes don't begin with 99. */
  code: string;
  oid: string;
  name: string;
  /** 11 basic education, 15 general upper secondary. */
  type: '11' | '15';
  language: 'fi' | 'sv';
  /** Highest grade or study year. */
  grades: number;
  learnersPerClass: number;
}

export interface DemoMunicipality {
  code: string;
  id: Id;
  districtId: Id;
  oid: string;
  kind: 'municipality' | 'coordinator';
  name: Texts;
  /** Share of families with Northern Sámi names. */
  samiShare: number;
  schools: readonly DemoSchool[];
}

type SchoolPlan = [
  key: string,
  name: string,
  type: '11' | '15',
  grades: number,
  learnersPerClass: number,
  language?: 'sv',
];

function municipality(code: string, name: Texts, plans: readonly SchoolPlan[], samiShare = 0.005): DemoMunicipality {
  return {
    code,
    id: demoId(`${code}/municipality`),
    districtId: demoId(`${code}/org/district`),
    oid: testOrganisationOid(code, 0),
    kind: code === '000' ? 'coordinator' : 'municipality',
    name,
    samiShare,
    schools: plans.map((plan, index) => school(code, index + 1, plan)),
  };
}

function school(municipalityCode: string, serial: number, plan: SchoolPlan): DemoSchool {
  const [key, name, type, grades, learnersPerClass, language = 'fi'] = plan;
  return {
    key,
    id: demoId(`${municipalityCode}/org/${key}`),
    code: `99${municipalityCode.slice(1)}${serial}`,
    oid: testOrganisationOid(municipalityCode, serial),
    name,
    type,
    language,
    grades,
    learnersPerClass,
  };
}

export const coordinator = municipality('000', { fi: 'DigiOne', sv: 'DigiOne', en: 'DigiOne' }, []);

/** Five municipalities with about 600 learners each. */
export const municipalities: readonly DemoMunicipality[] = [
  municipality('049', { fi: 'Espoo', sv: 'Esbo', en: 'Espoo' }, [
    ['kanervala', 'Kanervalan koulu', '11', 9, 22],
    ['lokkiranta', 'Lokkirannan koulu', '11', 9, 22],
    ['bjorkdungen', 'Björkdungens skola', '11', 6, 18, 'sv'],
    ['merituuli', 'Merituulen lukio', '15', 3, 18],
    ['tallbacka', 'Tallbacka gymnasium', '15', 3, 16, 'sv'],
  ]),
  municipality(
    '564',
    { fi: 'Oulu', sv: 'Uleåborg', en: 'Oulu' },
    [
      ['jokisuu', 'Jokisuun koulu', '11', 9, 22],
      ['tervahovi', 'Tervahovin koulu', '11', 9, 22],
      ['revontuli', 'Revontulen koulu', '11', 6, 18],
      ['pohjantahti', 'Pohjantähden lukio', '15', 3, 18],
      ['kostepera', 'Kosteperän lukio', '15', 3, 16],
    ],
    0.06,
  ),
  municipality('837', { fi: 'Tampere', sv: 'Tammerfors', en: 'Tampere' }, [
    ['harjunalus', 'Harjunaluksen koulu', '11', 9, 22],
    ['kosteikko', 'Kosteikon koulu', '11', 9, 22],
    ['pellavapelto', 'Pellavapellon koulu', '11', 6, 18],
    ['koskenniska', 'Koskenniskan lukio', '15', 3, 18],
    ['savupiippu', 'Savupiipun lukio', '15', 3, 16],
  ]),
  municipality('853', { fi: 'Turku', sv: 'Åbo', en: 'Turku' }, [
    ['jokilaiva', 'Jokilaivan koulu', '11', 9, 22],
    ['tammistonkoto', 'Tammistonkodon koulu', '11', 9, 22],
    ['skargarden', 'Skärgårdens lågstadieskola', '11', 6, 18, 'sv'],
    ['aurinkokello', 'Aurinkokellon lukio', '15', 3, 18],
    ['ekudden', 'Ekudden gymnasium', '15', 3, 16, 'sv'],
  ]),
  municipality('092', { fi: 'Vantaa', sv: 'Vanda', en: 'Vantaa' }, [
    ['kuusipolku', 'Kuusipolun koulu', '11', 9, 22],
    ['tuomiranta', 'Tuomirannan koulu', '11', 9, 22],
    ['nattviol', 'Nattviolens skola', '11', 6, 18, 'sv'],
    ['peltolintu', 'Peltolinnun lukio', '15', 3, 18],
    ['ilvesmaki', 'Ilvesmäen lukio', '15', 3, 16],
  ]),
];

export function findMunicipality(code: string): DemoMunicipality {
  const found = [coordinator, ...municipalities].find((candidate) => candidate.code === code);
  if (!found) throw new Error(`the demonstration has no municipality ${code}`);
  return found;
}

export function findSchool(place: DemoMunicipality, key: string): DemoSchool {
  const found = place.schools.find((candidate) => candidate.key === key);
  if (!found) throw new Error(`the demonstration has no school ${key} in ${place.code}`);
  return found;
}
