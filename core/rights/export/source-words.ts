import type { Texts } from '../../kernel/index.ts';

/** What the sources of a person's data are called, in words that a family understands. */
const words: Readonly<Record<string, Texts>> = {
  person: {
    fi: 'Perustiedot ja yhteystiedot',
    sv: 'Grunduppgifter och kontaktuppgifter',
    en: 'Basic and contact details',
  },
  identifiers: { fi: 'Tunnisteet', sv: 'Identifierare', en: 'Identifiers' },
  accounts: { fi: 'Kirjautumistilit', sv: 'Inloggningskonton', en: 'Sign-in accounts' },
  sessions: { fi: 'Kirjautumiset', sv: 'Inloggningar', en: 'Sign-ins' },
  roles: { fi: 'Roolit', sv: 'Roller', en: 'Roles' },
  enrolments: { fi: 'Koulut, luokat ja ryhmät', sv: 'Skolor, klasser och grupper', en: 'Schools, classes and groups' },
  guardians: { fi: 'Huoltajuudet', sv: 'Vårdnadsförhållanden', en: 'Guardianships' },
  'guardian-changes': {
    fi: 'Vahvistusta odottavat oikeudet',
    sv: 'Rättigheter som väntar på bekräftelse',
    en: 'Rights waiting for confirmation',
  },
  mandates: { fi: 'Suomi.fi-valtuudet', sv: 'Suomi.fi-fullmakter', en: 'Suomi.fi authorisations' },
  protections: { fi: 'Rajoitukset ja suojaukset', sv: 'Begränsningar och skydd', en: 'Restrictions and protections' },
  lessons: { fi: 'Pidetyt tunnit', sv: 'Hållna lektioner', en: 'Lessons given' },
  attendance: { fi: 'Läsnäolot', sv: 'Närvaro', en: 'Attendance' },
  absences: { fi: 'Poissaolot', sv: 'Frånvaro', en: 'Absences' },
  results: { fi: 'Arvioinnit', sv: 'Bedömningar', en: 'Marks and results' },
  consents: { fi: 'Suostumukset nyt', sv: 'Samtycken nu', en: 'Consents now' },
  'consent-log': { fi: 'Suostumusten historia', sv: 'Samtyckenas historia', en: 'History of consents' },
  'consent-cases': {
    fi: 'Huoltajien erimielisyydet',
    sv: 'Oenighet mellan vårdnadshavare',
    en: 'Disagreements of guardians',
  },
  'consent-reviews': {
    fi: 'Suostumusten vuosikatsaukset',
    sv: 'Årliga genomgångar av samtycken',
    en: 'Yearly looks at consents',
  },
  openings: {
    fi: 'Turvakiellon avaukset',
    sv: 'Öppningar av spärrmarkering',
    en: 'Openings of a non-disclosure order',
  },
  notifications: { fi: 'Ilmoitusasetukset', sv: 'Inställningar för aviseringar', en: 'Settings of notifications' },
  mails: { fi: 'Sähköposti-ilmoitukset', sv: 'E-postaviseringar', en: 'E-mail notifications' },
  processors: {
    fi: 'Ilmoitukset ulkopuolisille käsittelijöille',
    sv: 'Besked till externa personuppgiftsbiträden',
    en: 'Notices to outside processors',
  },
  receipts: { fi: 'Suostumusten kuitit', sv: 'Kvitton på samtycken', en: 'Receipts of consents' },
  documents: {
    fi: 'Lisäosiin tallennetut tiedot',
    sv: 'Uppgifter som sparats i tillägg',
    en: 'Records kept by plugins',
  },
  files: { fi: 'Lisäosien tiedostot', sv: 'Filer i tillägg', en: 'Files kept by plugins' },
  events: { fi: 'Lisäosien tapahtumat', sv: 'Händelser i tillägg', en: 'Events of plugins' },
  messages: { fi: 'Viestit', sv: 'Meddelanden', en: 'Messages' },
  audit: { fi: 'Kuka on katsonut ja tehnyt', sv: 'Vem som har tittat och gjort', en: 'Who looked and acted' },
  questions: { fi: 'Kysymykset koululle', sv: 'Frågor till skolan', en: 'Questions to the school' },
  requests: { fi: 'Tietosuojapyynnöt', sv: 'Begäranden om dataskydd', en: 'Data protection requests' },
  exports: { fi: 'Tietojen lataukset', sv: 'Kopior av uppgifterna', en: 'Copies of the data' },
  merges: { fi: 'Yhdistetyt henkilötietueet', sv: 'Sammanslagna personposter', en: 'Merged records of the person' },
  incidents: { fi: 'Tietoturvaloukkaukset', sv: 'Personuppgiftsincidenter', en: 'Personal data breaches' },
};

export function sourceTexts(source: string): Texts {
  return words[source] ?? { fi: source, sv: source, en: source };
}

/** Why something is kept back, by rule. */
const withheldWords: Readonly<Record<string, Texts>> = {
  'other-person': {
    fi: 'Toisen henkilön tietoa (esimerkiksi toisen huoltajan yhteystiedot tai yhteydenotot) ei luovuteta.',
    sv: 'Uppgifter om en annan person (till exempel den andra vårdnadshavarens kontaktuppgifter) lämnas inte ut.',
    en: 'Data of another person (such as another guardian’s contact details or messages) is not given out.',
  },
  'non-disclosure': {
    fi: 'Turvakielto: tieto annetaan vain nimetyille henkilöille.',
    sv: 'Spärrmarkering: uppgiften lämnas bara till namngivna personer.',
    en: 'Non-disclosure order: given only to named persons.',
  },
  safety: {
    fi: 'Turvallisuutta koskevia merkintöjä ei luovuteta tällä tavalla. Kysy tietosuojavastaavalta.',
    sv: 'Anteckningar om säkerhet lämnas inte ut på detta sätt. Fråga dataskyddsombudet.',
    en: 'Entries about safety are not given out this way. Ask the data protection officer.',
  },
  consent: {
    fi: 'Käyttö perustuu suostumukseen, joka ei ole voimassa: tietoa ei enää lueta, se odottaa poistamista.',
    sv: 'Användningen bygger på ett samtycke som inte är i kraft: uppgiften läses inte längre och väntar på radering.',
    en: 'The use rests on a consent that is not in force: the data is no longer read and waits to be erased.',
  },
  secret: {
    fi: 'Tekninen salaisuus, jota ei luovuteta (esimerkiksi tunnuksen tiiviste).',
    sv: 'Teknisk hemlighet som inte lämnas ut (till exempel ett kontrollvärde).',
    en: 'A technical secret that is not given out (such as the hash of an identifier).',
  },
  'no-receipt': {
    fi: 'Kuittia ei voi enää muodostaa, tai loki ei ole vielä kirjannut päätöstä.',
    sv: 'Kvittot kan inte längre skapas, eller så har loggen inte registrerat beslutet ännu.',
    en: 'The receipt can no longer be made, or the log has not filed the decision yet.',
  },
  'officer-only': {
    fi: 'Tietosuojavastaavan oman tutkinnan merkintä.',
    sv: 'Anteckning i dataskyddsombudets egen utredning.',
    en: 'An entry of the data protection officer’s own investigation.',
  },
};

export function withheldText(rule: string): Texts {
  return withheldWords[rule] ?? { fi: rule, sv: rule, en: rule };
}
