import type { Texts } from '@digione/core/kernel';
import { dataElements } from '@digione/sdk/manifest';
import type { ChangeKind, TermChange } from './terms-diff.ts';

type Change = Pick<TermChange, 'kind' | 'key' | 'direction' | 'before' | 'after'>;

/** What each kind is called. */
const subjects: Record<ChangeKind, Texts> = {
  scope: { fi: 'Pääsy', sv: 'Åtkomst', en: 'Access' },
  element: { fi: 'Tieto', sv: 'Uppgift', en: 'Data' },
  purpose: { fi: 'Käyttötarkoitus', sv: 'Ändamål', en: 'Purpose' },
  basis: { fi: 'Käyttö ilman suostumusta', sv: 'Användning utan samtycke', en: 'Use without consent' },
  background: { fi: 'Luku ilman käyttäjää', sv: 'Läsning utan användare', en: 'Reading without a user' },
  recipient: { fi: 'Tietojen vastaanottaja', sv: 'Mottagare av uppgifter', en: 'Recipient of data' },
  'sub-processor': { fi: 'Alihankkija', sv: 'Underbiträde', en: 'Sub-processor' },
  country: {
    fi: 'Maa, jossa tietoja käsitellään',
    sv: 'Land där uppgifter behandlas',
    en: 'Country where data is processed',
  },
  'egress-host': {
    fi: 'Palvelin, jolle tietoja lähetetään',
    sv: 'Server som uppgifter skickas till',
    en: 'Server that data is sent to',
  },
  'egress-element': { fi: 'Ulos lähetettävä tieto', sv: 'Uppgift som skickas ut', en: 'Data that is sent out' },
  role: { fi: 'Käyttäjäryhmä', sv: 'Användargrupp', en: 'Group of users' },
  ai: { fi: 'Tekoälyn käyttö', sv: 'Användning av AI', en: 'Use of AI' },
  owner: { fi: 'Omistaja', sv: 'Ägare', en: 'Owner' },
  retention: { fi: 'Säilytysaika päivinä', sv: 'Lagringstid i dagar', en: 'Days of retention' },
  ages: { fi: 'Ikäraja', sv: 'Åldersgräns', en: 'Age limit' },
  'purpose-text': { fi: 'Käyttötarkoituksen sanamuoto', sv: 'Ändamålets formulering', en: 'Wording of the purpose' },
};

const verbs: Record<TermChange['direction'], Texts> = {
  widens: { fi: 'uusi', sv: 'nytt', en: 'new' },
  narrows: { fi: 'poistuu', sv: 'tas bort', en: 'removed' },
  rewords: { fi: 'muuttuu', sv: 'ändras', en: 'changed' },
};

/** The change in a short sentence of each language. */
export function sayChange(change: Change): Texts {
  return { fi: sentence(change, 'fi'), sv: sentence(change, 'sv'), en: sentence(change, 'en') };
}

function sentence(change: Change, language: keyof Texts): string {
  const { kind, direction, before, after } = change;
  const what = `${subjects[kind][language]}: ${nameOf(change, language)}`;
  if (before !== undefined && after !== undefined) return `${what}: ${before} → ${after}.`;
  return `${what} (${verbs[direction][language]}).`;
}

/** Kinds whose key is two things: what, and for which purpose or host. */
const paired: ReadonlySet<ChangeKind> = new Set(['element', 'basis', 'background', 'egress-element', 'retention']);

/** The key in the reader's words, as far as there are any. */
function nameOf({ kind, key }: Change, language: keyof Texts): string {
  if (!paired.has(kind)) return key;
  const [first = '', ...rest] = key.split(' ');
  const known = Object.hasOwn(dataElements, first) ? dataElements[first as keyof typeof dataElements] : undefined;
  return `${known?.text[language] ?? first} – ${rest.join(' ')}`;
}
