import type { Texts } from '../kernel/index.ts';
import type { FieldCode } from './decide.ts';

/** Why a field is not shown, in plain words for administrators and families. */
export const reasons: Readonly<Record<FieldCode, Texts>> = {
  'not-related': {
    fi: 'Henkilöllä ei ole tänään yhteyttä oppilaaseen tässä koulussa.',
    sv: 'Personen har i dag ingen koppling till eleven i den här skolan.',
    en: 'The person has no relation to the learner in this school today.',
  },
  'plugin-not-enabled': {
    fi: 'Lisäosaa ei ole otettu käyttöön tässä koulussa.',
    sv: 'Tillägget är inte i bruk i den här skolan.',
    en: 'The plugin is not in use in this school.',
  },
  'plugin-stopped': {
    fi: 'Kunta on pysäyttänyt lisäosan.',
    sv: 'Kommunen har stoppat tillägget.',
    en: 'The municipality has stopped the plugin.',
  },
  'plugin-disabled': {
    fi: 'Lisäosa on poistettu käytöstä tässä koulussa.',
    sv: 'Tillägget har tagits ur bruk i den här skolan.',
    en: 'The plugin was taken out of use in this school.',
  },
  'agreement-missing': {
    fi: 'Kunnan sopimus lisäosasta ei ole voimassa.',
    sv: 'Kommunens avtal om tillägget är inte i kraft.',
    en: "The municipality's agreement on the plugin is not in force.",
  },
  'not-found': {
    fi: 'Ryhmä ei ole henkilön oma.',
    sv: 'Gruppen är inte personens egen.',
    en: "The group is not one of the person's own.",
  },
  'not-agreed': {
    fi: 'Sopimus ei kata tätä tietoa tähän tarkoitukseen.',
    sv: 'Avtalet omfattar inte uppgiften för det här ändamålet.',
    en: 'The agreement does not cover this element for this purpose.',
  },
  'background-not-agreed': {
    fi: 'Tietoa saa käyttää vain, kun joku käyttää lisäosaa.',
    sv: 'Uppgiften får användas bara medan någon använder tillägget.',
    en: 'The element may be used only while somebody is using the plugin.',
  },
  'lease-not-agreed': {
    fi: 'Tietoa saa käyttää vain yhden pyynnön ajan.',
    sv: 'Uppgiften får användas bara under en enskild begäran.',
    en: 'The element may be used only during one request.',
  },
  'consent-missing': {
    fi: 'Käyttö vaatii suostumuksen, jota ei ole annettu tai joka ei ole voimassa.',
    sv: 'Användningen kräver ett samtycke som inte har getts eller inte är i kraft.',
    en: 'The use needs a consent that was not given or is not in force.',
  },
  objection: {
    fi: 'Tietojen käyttöä on vastustettu.',
    sv: 'Användningen av uppgifterna har motsatts.',
    en: 'The use was objected to.',
  },
  restriction: {
    fi: 'Tietojen käsittelyä on rajoitettu.',
    sv: 'Behandlingen av uppgifterna är begränsad.',
    en: 'The processing is restricted.',
  },
  custody: {
    fi: 'Huoltoa koskeva merkintä estää näkemisen.',
    sv: 'En anteckning om vårdnad hindrar insyn.',
    en: 'A custody entry prevents it.',
  },
  'learner-private': {
    fi: 'Oppilas on kieltänyt tietojen näyttämisen huoltajalle.',
    sv: 'Eleven har förbjudit att uppgifterna visas för vårdnadshavaren.',
    en: 'The learner has forbidden showing it to the guardian.',
  },
  'non-disclosure': {
    fi: 'Turvakielto: tieto näytetään vain nimetyille henkilöille.',
    sv: 'Spärrmarkering: uppgiften visas bara för namngivna personer.',
    en: 'Non-disclosure order: shown only to named persons.',
  },
};
