import type { Texts } from '../../kernel/index.ts';
import type { Trigger } from './triggers.ts';

export type RiskId = Trigger | 'children' | 'retention' | 'access';

export interface ProposedRisk {
  id: RiskId;
  text: Texts;
  /** What the platform does about it by itself. */
  safeguard: Texts;
  /** 1 unlikely or slight … 4 near certain or grave; a first guess for the officer to weigh. */
  likelihood: number;
  severity: number;
}

const risks: Readonly<Record<RiskId, Omit<ProposedRisk, 'id'>>> = {
  children: {
    text: {
      fi: 'Rekisteröidyt ovat lapsia, jotka eivät itse pysty arvioimaan käsittelyn vaikutuksia.',
      sv: 'De registrerade är barn som inte själva kan bedöma behandlingens följder.',
      en: 'The data subjects are children, who cannot judge the effects of the processing themselves.',
    },
    safeguard: {
      fi: 'Jokainen luku päätetään ja kirjataan; perhe näkee sen heti ja voi vastustaa.',
      sv: 'Varje läsning avgörs och loggas; familjen ser den genast och kan invända.',
      en: 'Every read is decided and logged; the family sees it at once and can object.',
    },
    likelihood: 2,
    severity: 2,
  },
  access: {
    text: {
      fi: 'Tiedot joutuvat henkilölle, jolla ei ole niihin oikeutta.',
      sv: 'Uppgifterna når någon som inte har rätt till dem.',
      en: 'The data reaches somebody who has no right to it.',
    },
    safeguard: {
      fi: 'Lisäosa ei näe oikeita tunnuksia eikä pääse tietokantaan tai verkkoon; vain opettajan oma ryhmä näkyy.',
      sv: 'Tillägget ser inga verkliga identiteter och når varken databas eller nät; bara lärarens egen grupp syns.',
      en: 'The plugin sees no real identifiers and reaches neither database nor network; only the teacher’s own group is shown.',
    },
    likelihood: 1,
    severity: 3,
  },
  retention: {
    text: {
      fi: 'Tietoja säilytetään pidempään kuin niitä tarvitaan.',
      sv: 'Uppgifterna bevaras längre än de behövs.',
      en: 'Data is kept longer than it is needed.',
    },
    safeguard: {
      fi: 'Säilytysaika on sovittu tieto tiedolta ja tarkoitus tarkoitukselta.',
      sv: 'Lagringstiden är avtalad uppgift för uppgift och ändamål för ändamål.',
      en: 'Retention is agreed for each element and purpose.',
    },
    likelihood: 2,
    severity: 2,
  },
  image: {
    text: {
      fi: 'Valokuva lapsesta leviää tai sitä käytetään tunnistamiseen.',
      sv: 'Ett foto av barnet sprids eller används för identifiering.',
      en: 'A photo of the child spreads or is used to recognise the child.',
    },
    safeguard: {
      fi: 'Turvakielto poistaa kuvan; kuvan käyttö voidaan perustaa kaikkien huoltajien suostumukseen.',
      sv: 'Spärrmarkering tar bort bilden; användningen kan kräva alla vårdnadshavares samtycke.',
      en: 'A non-disclosure order removes the photo; its use can be made to need all guardians’ consent.',
    },
    likelihood: 2,
    severity: 3,
  },
  health: {
    text: {
      fi: 'Poissaolon syy kertoo terveydestä (erityinen henkilötieto, 9 art.).',
      sv: 'Frånvaroorsaken avslöjar hälsa (särskild kategori, art. 9).',
      en: 'The reason of an absence tells about health (special category, Art. 9).',
    },
    safeguard: {
      fi: 'Terveyttä koskeva syy luovutetaan vain erikseen sovittuna tietona.',
      sv: 'Hälsorelaterad orsak lämnas ut bara som en särskilt avtalad uppgift.',
      en: 'A reason about health is given only as an element agreed by itself.',
    },
    likelihood: 2,
    severity: 3,
  },
  results: {
    text: {
      fi: 'Arvioinnista tehdään päätelmiä, jotka vaikuttavat oppilaan asemaan.',
      sv: 'Bedömningar används för slutsatser som påverkar elevens ställning.',
      en: 'Conclusions from results affect the learner’s position.',
    },
    safeguard: {
      fi: 'Arvioinnin näkee vain opettaja, oppilas ja huoltaja; jokainen muutos kirjataan.',
      sv: 'Bedömningen ses bara av lärare, elev och vårdnadshavare; varje ändring loggas.',
      en: 'Only teacher, learner and guardian see results; each change is logged.',
    },
    likelihood: 2,
    severity: 3,
  },
  address: {
    text: {
      fi: 'Osoite paljastaa, missä turvakiellon alainen lapsi asuu.',
      sv: 'Adressen avslöjar var ett barn med spärrmarkering bor.',
      en: 'The address tells where a child under a non-disclosure order lives.',
    },
    safeguard: {
      fi: 'Turvakielto salaa osoitteen kaikilta, jotka eivät ole nimetyllä listalla.',
      sv: 'Spärrmarkering döljer adressen för alla utanför den namngivna listan.',
      en: 'A non-disclosure order hides the address from everybody off the named list.',
    },
    likelihood: 2,
    severity: 4,
  },
  ai: {
    text: {
      fi: 'Tekoäly tekee virheellisiä tai syrjiviä ehdotuksia lapsesta.',
      sv: 'AI ger felaktiga eller diskriminerande förslag om barnet.',
      en: 'Artificial intelligence makes wrong or discriminating suggestions about the child.',
    },
    safeguard: {
      fi: 'Lisäosa selittää tekoälyn käytön; opettaja päättää.',
      sv: 'Tillägget förklarar hur AI används; läraren beslutar.',
      en: 'The plugin explains its use of AI; the teacher decides.',
    },
    likelihood: 3,
    severity: 3,
  },
  'third-country': {
    text: {
      fi: 'Tietoja siirtyy EU:n ja ETA:n ulkopuolelle (44 art.).',
      sv: 'Uppgifter överförs utanför EU och EES (art. 44).',
      en: 'Data is transferred outside the EU and the EEA (Art. 44).',
    },
    safeguard: {
      fi: 'Vain sovitut tiedot lähtevät sovittuun palveluun; jokainen siirto kirjataan.',
      sv: 'Bara avtalade uppgifter går till en avtalad tjänst; varje överföring loggas.',
      en: 'Only agreed elements go to an agreed host; each transfer is logged.',
    },
    likelihood: 2,
    severity: 3,
  },
};

export function proposedRisks(triggers: readonly Trigger[]): ProposedRisk[] {
  return (['children', 'access', 'retention', ...triggers] as const).map((id) => ({ id, ...risks[id] }));
}
