import type { CastStaff } from './cast.ts';

const administratorHint = { fi: 'Kunnan pääkäyttäjä', sv: 'Kommunens administratör', en: 'Municipality administrator' };
const officerHint = { fi: 'Tietosuojavastaava', sv: 'Dataskyddsombud', en: 'Data protection officer' };

function administrator(municipality: string, key: string, given: string, family: string): CastStaff {
  return { key, given, family, posts: [{ municipality, role: 'siteAdministrator' }], hint: administratorHint };
}

function officer(municipality: string, key: string, given: string, family: string): CastStaff {
  return { key, given, family, posts: [{ municipality, role: 'dataProtectionOfficer' }], hint: officerHint };
}

export const castStaff: readonly CastStaff[] = [
  {
    key: 'elina',
    given: 'Elina',
    family: 'Rantakoskela',
    posts: [{ municipality: '092', role: 'teacher', school: 'kuusipolku', homeroom: '5A' }],
    hint: { fi: 'Opettaja, luokka 5A', sv: 'Lärare, klass 5A', en: 'Teacher of class 5A' },
  },
  {
    key: 'kristiina',
    given: 'Kristiina',
    family: 'Järvilaakso',
    posts: [
      { municipality: '049', role: 'teacher', school: 'kanervala', teaches: '6A' },
      { municipality: '092', role: 'teacher', school: 'tuomiranta', teaches: '6A' },
    ],
    hint: { fi: 'Opettaja kahdessa kunnassa', sv: 'Lärare i två kommuner', en: 'Teacher in two municipalities' },
  },
  {
    key: 'outi',
    given: 'Outi',
    family: 'Kallioniitty',
    posts: [{ municipality: '092', role: 'principal', school: 'kuusipolku' }],
    hint: { fi: 'Rehtori', sv: 'Rektor', en: 'Principal' },
  },
  administrator('092', 'sanna', 'Sanna', 'Hietarinne'),
  administrator('049', 'mats', 'Mats', 'Lindkvistberg'),
  administrator('564', 'risten', 'Risten', 'Jávrriŋárga'),
  administrator('837', 'tiina', 'Tiina', 'Koskioja'),
  administrator('853', 'ulrika', 'Ulrika', 'Sjönäsdahl'),
  officer('092', 'pekka', 'Pekka', 'Lehtovaara'),
  officer('049', 'camilla', 'Camilla', 'Ekbladnäs'),
  officer('564', 'jouni', 'Jouni', 'Suolampi'),
  officer('837', 'marjo', 'Marjo', 'Saaririnne'),
  officer('853', 'henrik', 'Henrik', 'Norrkvistdahl'),
  officer('000', 'daniel', 'Daniel', 'Strandbladh'),
  {
    key: 'riikka',
    given: 'Riikka',
    family: 'Peltolampi',
    posts: [{ municipality: '000', role: 'reviewer' }],
    hint: { fi: 'Lisäosien arvioija', sv: 'Granskare av tillägg', en: 'Plugin reviewer' },
  },
  {
    key: 'tuomas',
    given: 'Tuomas',
    family: 'Apulaakso',
    posts: [{ municipality: '000', role: 'support' }],
    hint: { fi: 'Palvelun tuki', sv: 'Tjänstens support', en: 'Support staff of the service' },
  },
];
