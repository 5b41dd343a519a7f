import type { Texts } from '../../kernel/index.ts';
import type { SignInKind } from './configuration.ts';

export const title: Record<SignInKind, Texts> = {
  mpassid: {
    fi: 'Koulun tunnuksella kirjautuminen',
    sv: 'Inloggning med skolans konto',
    en: 'Sign in with a school account',
  },
  suomifi: { fi: 'Vahva tunnistautuminen', sv: 'Stark autentisering', en: 'Strong identification' },
  staff: { fi: 'Henkilöstön kirjautuminen', sv: 'Inloggning för personal', en: 'Staff sign-in' },
};

export const explanation: Texts = {
  fi: 'Tämä on esittelyn testitunnistus. Henkilöt ovat keksittyjä. Valitse, kenenä kirjaudut.',
  sv: 'Det här är demonstrationens testinloggning. Personerna är påhittade. Välj vem du loggar in som.',
  en: 'This is the demonstration’s test sign-in. The people are made up. Choose who you sign in as.',
};

export const groupNames = {
  teacher: { fi: 'Opettajat', sv: 'Lärare', en: 'Teachers' },
  principal: { fi: 'Rehtorit', sv: 'Rektorer', en: 'Principals' },
  student: { fi: 'Oppilaat', sv: 'Elever', en: 'Pupils' },
  guardian: { fi: 'Huoltajat', sv: 'Vårdnadshavare', en: 'Guardians' },
  staff: { fi: 'Henkilöstö', sv: 'Personal', en: 'Staff' },
} as const satisfies Record<string, Texts>;

export type GroupName = keyof typeof groupNames;

export const words = {
  search: { fi: 'Hae nimellä', sv: 'Sök på namn', en: 'Search by name' },
  find: { fi: 'Hae', sv: 'Sök', en: 'Search' },
  all: { fi: 'Näytä kaikki', sv: 'Visa alla', en: 'Show all' },
  none: { fi: 'Haku ei löytänyt ketään.', sv: 'Sökningen gav inga träffar.', en: 'Nobody was found.' },
  others: { fi: 'Muut kunnat', sv: 'Övriga kommuner', en: 'Other municipalities' },
  cancel: { fi: 'Peruuta', sv: 'Avbryt', en: 'Cancel' },
  language: { fi: 'Kieli', sv: 'Språk', en: 'Language' },
} as const satisfies Record<string, Texts>;
