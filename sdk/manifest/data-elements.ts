import type { Texts } from './texts.ts';

/** How sensitive a data element is; the higher, the more a municipality is asked before it agrees. */
export type DataCategory = 'name' | 'contact' | 'schooling' | 'birth' | 'image' | 'health' | 'content';

/** One field of personal data that a door can give, in words a family understands. */
export interface DataElement {
  /** What it is called in notices, agreements and the family's view. */
  readonly text: Texts;
  /** The group in which privacy labels count it. */
  readonly category: DataCategory;
}

/**
 * Every element that the education, attendance, gradebook and calendar doors can give or write, by id (`<door>.<field>`). The elements of storage are made by each
 * manifest's collections: `storage.<collection>`.
 */
export const dataElements = {
  'students.givenName': { category: 'name', text: { fi: 'etunimi', sv: 'förnamn', en: 'given name' } },
  'students.familyName': { category: 'name', text: { fi: 'sukunimi', sv: 'efternamn', en: 'family name' } },
  'students.preferredName': { category: 'name', text: { fi: 'kutsumanimi', sv: 'tilltalsnamn', en: 'preferred name' } },
  'students.grade': { category: 'schooling', text: { fi: 'vuosiluokka', sv: 'årskurs', en: 'grade' } },
  'students.birthDate': { category: 'birth', text: { fi: 'syntymäaika', sv: 'födelsedatum', en: 'date of birth' } },
  'students.languages': { category: 'schooling', text: { fi: 'kielet', sv: 'språk', en: 'languages' } },
  'students.email': {
    category: 'contact',
    text: { fi: 'oppilaan sähköposti', sv: 'elevens e-post', en: "learner's e-mail" },
  },
  'students.phone': {
    category: 'contact',
    text: { fi: 'oppilaan puhelinnumero', sv: 'elevens telefonnummer', en: "learner's phone number" },
  },
  'students.address': { category: 'contact', text: { fi: 'osoite', sv: 'adress', en: 'address' } },
  'students.photo': { category: 'image', text: { fi: 'valokuva', sv: 'fotografi', en: 'photo' } },
  'guardians.name': {
    category: 'name',
    text: { fi: 'huoltajan nimi', sv: 'vårdnadshavarens namn', en: "guardian's name" },
  },
  'guardians.phone': {
    category: 'contact',
    text: { fi: 'huoltajan puhelinnumero', sv: 'vårdnadshavarens telefonnummer', en: "guardian's phone number" },
  },
  'guardians.email': {
    category: 'contact',
    text: { fi: 'huoltajan sähköposti', sv: 'vårdnadshavarens e-post', en: "guardian's e-mail" },
  },
  'classes.title': {
    category: 'schooling',
    text: { fi: 'luokan tai ryhmän nimi', sv: 'klassens eller gruppens namn', en: 'name of the class or group' },
  },
  'attendance.presence': {
    category: 'schooling',
    text: { fi: 'läsnä- ja poissaolot', sv: 'närvaro och frånvaro', en: 'presence and absence' },
  },
  'attendance.reason': {
    category: 'schooling',
    text: { fi: 'poissaolon syy', sv: 'orsak till frånvaro', en: 'reason of an absence' },
  },
  'attendance.illness': {
    category: 'health',
    text: {
      fi: 'sairaus tai muu arkaluonteinen poissaolon syy',
      sv: 'sjukdom eller annan känslig orsak till frånvaro',
      en: 'illness or another sensitive reason of an absence',
    },
  },
  'attendance.report': {
    category: 'schooling',
    text: {
      fi: 'läsnä- ja poissaolojen kirjaaminen',
      sv: 'anteckning av närvaro',
      en: 'recording presence and absence',
    },
  },
  'gradebook.results': {
    category: 'schooling',
    text: { fi: 'arviot ja arvosanat', sv: 'bedömningar och vitsord', en: 'assessments and marks' },
  },
  'gradebook.grading': {
    category: 'schooling',
    text: {
      fi: 'arvioiden ja arvosanojen antaminen',
      sv: 'att ge bedömningar och vitsord',
      en: 'giving assessments and marks',
    },
  },
  'calendar.events': {
    category: 'schooling',
    text: { fi: 'lukujärjestys ja tapahtumat', sv: 'schema och händelser', en: 'timetable and events' },
  },
} as const satisfies Record<string, DataElement>;

/** Id of an element of the education doors. */
export type EducationElement = keyof typeof dataElements;
/** Id of any element: an education element or `storage.<collection>`. */
export type ElementId = EducationElement | `storage.${string}`;
