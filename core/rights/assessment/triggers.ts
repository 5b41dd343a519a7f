import { type DataElement, dataElements } from '@digione/sdk/manifest';
import type { Texts } from '../../kernel/index.ts';

/** What of an agreement decides whether an impact assessment is needed, and what it is filled with. */
export interface AssessedTerms {
  vendor: { name: string; country: string };
  purposes: { id: string; text: Texts }[];
  elements: {
    purpose: string;
    element: string;
    legalBasis: string;
    necessity: string;
    retentionDays: number;
    background: boolean;
  }[];
  egress?: { host: string; processor: string; country: string }[];
  subProcessors?: { name: string; country: string }[];
  ai?: { used: boolean };
}

export type Trigger = 'image' | 'health' | 'results' | 'address' | 'ai' | 'third-country';

/** EU and EEA, ISO 3166-1: elsewhere is a transfer (GDPR Art. 44). */
const eea = new Set(
  'AT BE BG HR CY CZ DK EE FI FR DE GR HU IS IE IT LV LI LT LU MT NL NO PL PT RO SK SI ES SE'.split(' '),
);

/**
 * Why an assessment must be made before use (GDPR Art. 35(3), WP 248 rev. 01: vulnerable data subjects together with
 * sensitive data, evaluation, new technology or transfers). Children are concerned always; one more criterion makes the risk high.
 */
export function triggersOf(terms: AssessedTerms): Trigger[] {
  const ids = terms.elements.map(({ element }) => element);
  const categories = new Set(ids.map((id) => (dataElements as Record<string, DataElement>)[id]?.category));
  const found: [Trigger, boolean][] = [
    ['image', categories.has('image')],
    ['health', categories.has('health')],
    ['results', ids.some((id) => id.startsWith('gradebook.'))],
    ['address', ids.includes('students.address')],
    ['ai', terms.ai?.used === true],
    ['third-country', countriesOf(terms).some((country) => !eea.has(country))],
  ];
  return found.filter(([, is]) => is).map(([trigger]) => trigger);
}

export function countriesOf({ vendor, egress = [], subProcessors = [] }: AssessedTerms): string[] {
  return [...new Set([vendor, ...egress, ...subProcessors].map(({ country }) => country))].sort();
}

export function isInEea(country: string): boolean {
  return eea.has(country);
}
