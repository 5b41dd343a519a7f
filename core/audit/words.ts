import type { Texts } from '../kernel/index.ts';

/** Why the portal itself reads, in words that a family understands. Access gives its own door only for these. */
export const portalPurposes = {
  'class-list': {
    fi: 'Opettaja katsoi ryhmänsä luetteloa',
    sv: 'En lärare tittade på listan över sin grupp',
    en: 'A teacher looked at the list of their group',
  },
  attendance: {
    fi: 'Opettaja tai rehtori käsitteli läsnäoloja ja poissaoloja',
    sv: 'En lärare eller rektor hanterade närvaro och frånvaro',
    en: 'A teacher or principal dealt with presence and absences',
  },
  'own-pages': {
    fi: 'Huoltaja tai oppilas avasi omat sivunsa',
    sv: 'En vårdnadshavare eller elev öppnade sina egna sidor',
    en: 'A guardian or a learner opened their own pages',
  },
  'break-glass': {
    fi: 'Hätätilanne: yhteystiedot avattiin kahden henkilön päätöksellä',
    sv: 'Nödsituation: kontaktuppgifterna öppnades genom två personers beslut',
    en: 'Emergency: contacts were opened by the decision of two people',
  },
  support: {
    fi: 'Palvelun tuki katsoi luetteloa kunnan luvalla',
    sv: 'Tjänstens support tittade på listan med kommunens tillstånd',
    en: 'Support staff of the service looked at the list with leave of the municipality',
  },
  questions: {
    fi: 'Perheen kysymys koululle',
    sv: 'Familjens fråga till skolan',
    en: "The family's question to the school",
  },
  'own-data': {
    fi: 'Henkilön omien tietojen käsittely: tiedot, oikaisu, poisto tai rajoitus',
    sv: 'Personens rätt till sina uppgifter: kopia, rättelse, radering eller begränsning',
    en: "The person's right to their own data: a copy, correction, erasure or restriction",
  },
} as const satisfies Record<string, Texts>;

export type PortalPurpose = keyof typeof portalPurposes;

/** Acts that are no reads, in the same plain words. */
export const actWords: Readonly<Record<string, Texts>> = {
  'consent.give': { fi: 'Suostumus annettiin', sv: 'Samtycke gavs', en: 'Consent was given' },
  'consent.refuse': { fi: 'Suostumus evättiin', sv: 'Samtycke nekades', en: 'Consent was refused' },
  'consent.defer': {
    fi: 'Suostumuksesta päätetään myöhemmin',
    sv: 'Samtycket avgörs senare',
    en: 'Consent is to be decided later',
  },
  'consent.expire': { fi: 'Suostumus päättyi', sv: 'Samtycket upphörde', en: 'Consent came to its end' },
  'consent.terminate': {
    fi: 'Suostumus päättyi, koska sitä ei enää kysytä',
    sv: 'Samtycket upphörde eftersom det inte längre efterfrågas',
    en: 'Consent ended, since it is not asked for any more',
  },
  'consent.invalidate': {
    fi: 'Tietosuojavastaava totesi suostumuksen pätemättömäksi',
    sv: 'Dataskyddsombudet fann samtycket ogiltigt',
    en: 'The data protection officer found the consent invalid',
  },
  'consent.suspend': {
    fi: 'Tietosuojavastaava keskeytti suostumuksen',
    sv: 'Dataskyddsombudet avbröt samtycket',
    en: 'The data protection officer suspended the consent',
  },
  'consent.resume': {
    fi: 'Suostumus on taas voimassa',
    sv: 'Samtycket gäller igen',
    en: 'The consent stands again',
  },
  'consent.erase': {
    fi: 'Lisäosaan tallennetut tiedot poistettiin',
    sv: 'Uppgifterna som sparats i tillägget raderades',
    en: 'What was saved in the plugin was erased',
  },
  'consent.withdraw': { fi: 'Suostumus peruttiin', sv: 'Samtycke återkallades', en: 'Consent was withdrawn' },
  'processor.tell': {
    fi: 'Ulkopuoliselle käsittelijälle ilmoitettiin, ettei se saa enää käyttää tietoja',
    sv: 'Ett externt personuppgiftsbiträde fick besked om att uppgifterna inte längre får användas',
    en: 'An outside processor was told that it may not use the data any more',
  },
  'processor.acknowledge': {
    fi: 'Ulkopuolinen käsittelijä kuittasi ilmoituksen',
    sv: 'Ett externt personuppgiftsbiträde kvitterade beskedet',
    en: 'An outside processor acknowledged the notice',
  },
  'break-glass.ask': {
    fi: 'Yhteystietoja pyydettiin hätätilanteessa',
    sv: 'Kontaktuppgifter begärdes i en nödsituation',
    en: 'Contacts were asked for in an emergency',
  },
  'break-glass.open': {
    fi: 'Toinen henkilö avasi yhteystiedot tunniksi',
    sv: 'En annan person öppnade kontaktuppgifterna för en timme',
    en: 'A second person opened the contacts for an hour',
  },
  'break-glass.refuse': {
    fi: 'Yhteystietojen avaaminen evättiin',
    sv: 'Öppnandet av kontaktuppgifterna nekades',
    en: 'Opening the contacts was refused',
  },
  'break-glass.close': {
    fi: 'Yhteystiedot suljettiin',
    sv: 'Kontaktuppgifterna stängdes',
    en: 'The contacts were closed again',
  },
  'break-glass.note': {
    fi: 'Tietosuojavastaava tutki hätäavauksen',
    sv: 'Dataskyddsombudet tog del av nödöppnandet',
    en: 'The data protection officer looked into the emergency',
  },
  'person.compare': {
    fi: 'Kunta vertasi kahta oppilaan tietuetta',
    sv: 'Kommunen jämförde två poster om eleven',
    en: 'The municipality compared two records of the learner',
  },
  'person.merge': {
    fi: 'Kunta yhdisti kaksi oppilaan tietuetta',
    sv: 'Kommunen sammanförde två poster om eleven',
    en: 'The municipality made one of two records of the learner',
  },
  'absence.register': {
    fi: 'Poissaolosta ilmoitettiin koululle',
    sv: 'En frånvaro anmäldes till skolan',
    en: 'The school was told of an absence',
  },
  'family.download': {
    fi: 'Tiedot ladattiin tiedostona',
    sv: 'Uppgifterna laddades ner som fil',
    en: 'The list was downloaded as a file',
  },
  'question.ask': { fi: 'Koululta kysyttiin', sv: 'Skolan fick en fråga', en: 'The school was asked' },
  'question.read': { fi: 'Koulu luki kysymyksen', sv: 'Skolan läste frågan', en: 'The school read the question' },
  'rights.export': {
    fi: 'Kaikki tiedot pyydettiin ladattavaksi',
    sv: 'En kopia av alla uppgifter begärdes',
    en: 'A copy of all data was asked for',
  },
  'rights.download': {
    fi: 'Kaikki tiedot ladattiin',
    sv: 'Kopian av alla uppgifter laddades ned',
    en: 'The copy of all data was downloaded',
  },
  'rights.ask': {
    fi: 'Tietosuojaoikeuksia koskeva pyyntö tehtiin',
    sv: 'En begäran om dataskydd gjordes',
    en: 'A data protection request was made',
  },
  'rights.withdraw': {
    fi: 'Tietosuojapyyntö peruttiin',
    sv: 'En begäran om dataskydd återtogs',
    en: 'A data protection request was withdrawn',
  },
  'rights.read': {
    fi: 'Tietosuojavastaava luki pyynnön',
    sv: 'Dataskyddsombudet läste begäran',
    en: 'The data protection officer read the request',
  },
  'rights.decide': {
    fi: 'Tietosuojapyyntö ratkaistiin',
    sv: 'En begäran om dataskydd avgjordes',
    en: 'A data protection request was decided',
  },
  'rights.extend': {
    fi: 'Tietosuojapyynnön määräaikaa jatkettiin',
    sv: 'Tiden för en begäran om dataskydd förlängdes',
    en: 'The time for a data protection request was extended',
  },
  'rights.lift': {
    fi: 'Rajoitus tai vastustus päättyi',
    sv: 'En begränsning eller invändning upphörde',
    en: 'A restriction or objection ended',
  },
  'rights.rectify': { fi: 'Tieto oikaistiin', sv: 'En uppgift rättades', en: 'Data was corrected' },
  'rights.erase': { fi: 'Tietoja poistettiin', sv: 'Uppgifter raderades', en: 'Data was erased' },
  'rights.pass-on': {
    fi: 'Oikaisu tai poisto välitettiin tietojen saajalle',
    sv: 'En rättelse eller radering meddelades en mottagare',
    en: 'A correction or erasure was passed on to a recipient',
  },
  'question.answer': { fi: 'Koulu vastasi kysymykseen', sv: 'Skolan svarade på frågan', en: 'The school answered' },
};
