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
  vendor: { fi: 'Toimittajan kirjautuminen', sv: 'Inloggning för leverantörer', en: 'Vendor sign-in' },
};

export const explanation: Texts = {
  fi: 'Tämä on esittelyn testitunnistus. Henkilöt ovat keksittyjä. Valitse, kenenä kirjaudut, tai kirjoita käyttäjätunnus.',
  sv: 'Det här är demonstrationens testinloggning. Personerna är påhittade. Välj vem du loggar in som eller skriv ett användarnamn.',
  en: 'This is the demonstration’s test sign-in. The people are made up. Choose who you sign in as, or type a user name.',
};

/** What may be typed, per way of signing in. */
export const usernameHint: Record<SignInKind, Texts> = {
  mpassid: {
    fi: 'Oppijanumero (1.2.246.562.99.24…), MPASSid-tunnus tai sähköpostiosoite',
    sv: 'Studentnummer (1.2.246.562.99.24…), MPASSid-namn eller e-postadress',
    en: 'Learner number (1.2.246.562.99.24…), MPASSid name or e-mail address',
  },
  suomifi: {
    fi: 'Keksitty henkilötunnus tai sähköpostiosoite, esimerkiksi huoltaja17.092',
    sv: 'Påhittad personbeteckning eller e-postadress, till exempel huoltaja17.092',
    en: 'Made-up personal identity code or e-mail address, for example huoltaja17.092',
  },
  staff: {
    fi: 'Käyttäjätunnus, esimerkiksi sanna@092.example.org',
    sv: 'Användarnamn, till exempel sanna@092.example.org',
    en: 'User name, for example sanna@092.example.org',
  },
  vendor: { fi: 'Käyttäjätunnus', sv: 'Användarnamn', en: 'User name' },
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
  username: {
    fi: 'Käyttäjätunnus tai oppijanumero',
    sv: 'Användarnamn eller studentnummer',
    en: 'User name or learner number',
  },
  enter: { fi: 'Kirjaudu', sv: 'Logga in', en: 'Sign in' },
  empty: { fi: 'Kirjoita käyttäjätunnus.', sv: 'Skriv ett användarnamn.', en: 'Type a user name.' },
  unknown: {
    fi: 'Esittelyssä ei ole ketään tällä tunnuksella. Tarkista tunnus tai hae henkilöä nimellä.',
    sv: 'I demonstrationen finns ingen med det namnet. Kontrollera det eller sök personen på namn.',
    en: 'Nobody in the demonstration has this user name. Check it, or search for the person by name.',
  },
  otherWay: {
    fi: 'Tämä henkilö kirjautuu toisella tavalla. Palaa DigiOneen ja valitse:',
    sv: 'Den här personen loggar in på ett annat sätt. Gå tillbaka till DigiOne och välj:',
    en: 'This person signs in another way. Go back to DigiOne and choose:',
  },
  search: { fi: 'Hae nimellä', sv: 'Sök på namn', en: 'Search by name' },
  find: { fi: 'Hae', sv: 'Sök', en: 'Search' },
  all: { fi: 'Näytä kaikki', sv: 'Visa alla', en: 'Show all' },
  none: { fi: 'Haku ei löytänyt ketään.', sv: 'Sökningen gav inga träffar.', en: 'Nobody was found.' },
  others: { fi: 'Muut kunnat', sv: 'Övriga kommuner', en: 'Other municipalities' },
  cancel: { fi: 'Peruuta', sv: 'Avbryt', en: 'Cancel' },
  language: { fi: 'Kieli', sv: 'Språk', en: 'Language' },
} as const satisfies Record<string, Texts>;
