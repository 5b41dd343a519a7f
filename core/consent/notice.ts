import { dataElements, type EducationElement } from '@digione/sdk/manifest';
import { canonicalJson, type Language, sha256Hex, type Texts } from '../kernel/index.ts';
import type { AskedPurpose } from './asked-purposes.ts';

/** What a person is asked, in one language, generated from the agreement that is enforced. Never changed: another text is another notice. */
export interface NoticeBody {
  language: Language;
  plugin: string;
  purpose: string;
  text: string;
  withoutConsent: string | null;
  elements: { element: string; text: Texts }[];
  recipients: string[];
  /** Countries where the data is handled, ISO 3166-1. */
  places: string[];
  vendor: string;
  retentionDays: number;
  basis: 'consent';
}

export interface Notice {
  hash: string;
  body: NoticeBody;
}

export function noticeOf(asked: AskedPurpose, language: Language): Notice {
  const { document } = asked;
  const described = document.purposes.find(({ id }) => id === asked.purpose);
  const body: NoticeBody = {
    language,
    plugin: asked.plugin,
    purpose: asked.purpose,
    text: described?.text[language] ?? asked.purpose,
    withoutConsent: described?.withoutConsent?.[language] ?? null,
    elements: asked.elements.map((element) => ({ element, text: elementText(element) })),
    recipients: [...new Set([document.vendor.name, ...(document.subProcessors ?? []).map(({ name }) => name)])],
    places: placesOf(asked),
    vendor: document.vendor.name,
    retentionDays: asked.retentionDays,
    basis: 'consent',
  };
  return { hash: sha256Hex(canonicalJson(body)), body };
}

function placesOf({ document }: AskedPurpose): string[] {
  const countries = [document.vendor.country, ...(document.subProcessors ?? []).map(({ country }) => country)];
  return [...new Set([...countries, ...(document.egress ?? []).map(({ country }) => country)])].sort();
}

/** An element in words that a family understands. */
export function elementText(element: string): Texts {
  const known = dataElements[element as EducationElement];
  if (known) return known.text;
  const collection = element.replace(/^storage\./, '');
  return {
    fi: `lisäosaan tallennetut tiedot (${collection})`,
    sv: `uppgifter som sparats i tillägget (${collection})`,
    en: `what was saved in the plugin (${collection})`,
  };
}
