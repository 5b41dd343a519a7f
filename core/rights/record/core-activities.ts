import type { Texts } from '../../kernel/index.ts';

/** What the platform itself does with personal data, whatever plugins are in use (Art. 30(1)). */
export interface CoreActivity {
  id: string;
  name: Texts;
  purpose: Texts;
  basis: 'statutory' | 'legal-obligation';
  law: string;
  subjects: string[];
  categories: string[];
  retention: Texts;
}

export const coreActivities: readonly CoreActivity[] = [
  {
    id: 'school-register',
    name: {
      fi: 'Oppilas- ja henkilöstötiedot',
      sv: 'Elev- och personaluppgifter',
      en: 'Register of learners and staff',
    },
    purpose: {
      fi: 'Opetuksen järjestäminen: kuka kuuluu mihinkin kouluun ja ryhmään ja kuka vastaa lapsesta.',
      sv: 'Ordnande av utbildning: vem som hör till vilken skola och grupp och vem som ansvarar för barnet.',
      en: 'Providing education: who belongs to which school and group, and who answers for the child.',
    },
    basis: 'statutory',
    law: '628/1998; 1050/2018 § 4; GDPR Art. 6(1)(c), (e)',
    subjects: ['student', 'guardian', 'teacher', 'principal'],
    categories: ['name', 'contact', 'birth', 'schooling'],
    retention: {
      fi: 'Koulunkäynnin ajan ja arkistonmuodostussuunnitelman mukaan.',
      sv: 'Under skolgången och enligt arkivbildningsplanen.',
      en: 'While at school, and as the records plan says.',
    },
  },
  {
    id: 'attendance-results',
    name: { fi: 'Läsnäolo ja arviointi', sv: 'Närvaro och bedömning', en: 'Attendance and results' },
    purpose: {
      fi: 'Koulunkäynnin seuranta ja arviointi.',
      sv: 'Uppföljning av skolgången och bedömning.',
      en: 'Following school attendance, and assessment.',
    },
    basis: 'statutory',
    law: '628/1998 § 22, § 26',
    subjects: ['student'],
    categories: ['schooling', 'health'],
    retention: {
      fi: 'Poissaolot seuraavan lukuvuoden loppuun, arvioinnit pysyvästi.',
      sv: 'Frånvaro till slutet av nästa läsår, bedömningar varaktigt.',
      en: 'Absences to the end of the next school year, results permanently.',
    },
  },
  {
    id: 'sign-in',
    name: { fi: 'Kirjautuminen', sv: 'Inloggning', en: 'Sign-in' },
    purpose: {
      fi: 'Käyttäjän tunnistaminen.',
      sv: 'Identifiering av användaren.',
      en: 'Knowing who uses the service.',
    },
    basis: 'statutory',
    law: 'GDPR Art. 6(1)(e), 32',
    subjects: ['student', 'guardian', 'teacher', 'principal', 'siteAdministrator'],
    categories: ['name'],
    retention: { fi: 'Istunnon ajan.', sv: 'Under sessionen.', en: 'As long as the session lasts.' },
  },
  {
    id: 'audit-log',
    name: { fi: 'Loki tietojen käytöstä', sv: 'Logg över användning', en: 'Log of the use of data' },
    purpose: {
      fi: 'Osoitusvelvollisuus: perhe näkee, kuka on katsonut ja miksi.',
      sv: 'Ansvarsskyldighet: familjen ser vem som har tittat och varför.',
      en: 'Accountability: the family sees who looked and why.',
    },
    basis: 'legal-obligation',
    law: 'GDPR Art. 5(2), 32; 906/2019 § 17',
    subjects: ['student', 'guardian', 'teacher', 'principal', 'siteAdministrator'],
    categories: ['name', 'content'],
    retention: {
      fi: 'Pysyvä; henkilön avain tuhotaan, kun muita tietoja ei ole.',
      sv: 'Varaktig; personens nyckel förstörs när inga andra uppgifter finns.',
      en: 'Kept; the person’s key is destroyed once nothing else is held.',
    },
  },
  {
    id: 'consents-rights',
    name: {
      fi: 'Suostumukset ja tietosuojapyynnöt',
      sv: 'Samtycken och begäranden',
      en: 'Consents and data protection requests',
    },
    purpose: {
      fi: 'Suostumusten ja rekisteröidyn oikeuksien toteuttaminen ja osoittaminen.',
      sv: 'Att genomföra och visa samtycken och rättigheter.',
      en: 'Carrying out and proving consents and rights.',
    },
    basis: 'legal-obligation',
    law: 'GDPR Art. 7(1), 12–22',
    subjects: ['student', 'guardian'],
    categories: ['name', 'content'],
    retention: { fi: 'Kolme vuotta.', sv: 'Tre år.', en: 'Three years.' },
  },
];

/** Art. 32 measures that hold for everything on the platform; each is a rule with a test. */
export const securityMeasures: readonly Texts[] = [
  {
    fi: 'Jokainen luku päätetään (suhde, sopimus, peruste, suostumus, suojaukset) ja kirjataan samassa tapahtumassa.',
    sv: 'Varje läsning avgörs (relation, avtal, grund, samtycke, skydd) och loggas i samma transaktion.',
    en: 'Every read is decided (relation, agreement, basis, consent, protections) and logged in the same transaction.',
  },
  {
    fi: 'Kuntien tiedot on erotettu rivitasolla; sovellusrooli ei omista tauluja.',
    sv: 'Kommunernas uppgifter är åtskilda på radnivå; applikationsrollen äger inga tabeller.',
    en: 'Municipalities are isolated row by row; the application’s role owns no table.',
  },
  {
    fi: 'Lisäosat ajetaan eristettyinä ilman verkkoa ja tietokantaa, lisäosakohtaisin tunnuksin.',
    sv: 'Tillägg körs isolerade utan nät och databas, med egna identiteter per tillägg.',
    en: 'Plugins run isolated without network or database, with pairwise identifiers.',
  },
  {
    fi: 'Vahva tunnistaminen; suostumus, kopio ja poisto vaativat tuoreen kirjautumisen.',
    sv: 'Stark autentisering; samtycke, kopia och radering kräver färsk inloggning.',
    en: 'Strong sign-in; consent, export and erasure need a fresh one.',
  },
  {
    fi: 'Loki on Merkle-puu, jonka tarkistuspisteet on allekirjoitettu; muutos huomataan.',
    sv: 'Loggen är ett Merkle-träd med signerade kontrollpunkter; ändringar upptäcks.',
    en: 'The log is a Merkle tree with signed checkpoints; a change is noticed.',
  },
];
