import type { Texts } from '../kernel/index.ts';

/** Why the portal itself reads, in words that a family understands. Access gives its own door only for these. */
export const portalPurposes = {
  'class-list': {
    fi: 'Opettaja katsoi ryhmänsä luetteloa',
    sv: 'En lärare tittade på listan över sin grupp',
    en: 'A teacher looked at the list of their group',
  },
  'own-pages': {
    fi: 'Huoltaja tai oppilas avasi omat sivunsa',
    sv: 'En vårdnadshavare eller elev öppnade sina egna sidor',
    en: 'A guardian or a learner opened their own pages',
  },
  questions: {
    fi: 'Perheen kysymys koululle',
    sv: 'Familjens fråga till skolan',
    en: "The family's question to the school",
  },
} as const satisfies Record<string, Texts>;

export type PortalPurpose = keyof typeof portalPurposes;

/** Acts that are no reads, in the same plain words. */
export const actWords: Readonly<Record<string, Texts>> = {
  'consent.give': { fi: 'Suostumus annettiin', sv: 'Samtycke gavs', en: 'Consent was given' },
  'consent.refuse': { fi: 'Suostumus evättiin', sv: 'Samtycke nekades', en: 'Consent was refused' },
  'consent.withdraw': { fi: 'Suostumus peruttiin', sv: 'Samtycke återkallades', en: 'Consent was withdrawn' },
  'question.ask': { fi: 'Koululta kysyttiin', sv: 'Skolan fick en fråga', en: 'The school was asked' },
  'question.read': { fi: 'Koulu luki kysymyksen', sv: 'Skolan läste frågan', en: 'The school read the question' },
  'question.answer': { fi: 'Koulu vastasi kysymykseen', sv: 'Skolan svarade på frågan', en: 'The school answered' },
};
