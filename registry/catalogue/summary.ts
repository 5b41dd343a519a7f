import type { Texts } from '@digione/core/kernel';
import type { Manifest } from '@digione/sdk/manifest';
import { categoryOf } from './facets.ts';
import type { Listable } from './listing-store.ts';

/** One line of the catalogue. */
export interface Summary {
  plugin: string;
  version: string;
  state: string;
  channel: string | null;
  name: Texts;
  description: Texts;
  vendor: { name: string; country: string };
  labels: Labels;
}

/** Generated from the manifest, so that a vendor can't write nicer ones. */
export interface Labels {
  dataCategories: string[];
  legalBases: string[];
  countries: string[];
  accessibility: string;
  ai: boolean;
  price: { perLearnerYear: number; currency: string; vatPercent: number };
  licence: string;
}

export function summaryOf({ plugin, version, state, channel, manifest }: Listable): Summary {
  const { name, description, vendor } = manifest;
  return {
    plugin,
    version,
    state,
    channel,
    name,
    description,
    vendor: { name: vendor.name, country: vendor.country },
    labels: labelsOf(manifest),
  };
}

export function labelsOf({
  scopes,
  egress,
  subProcessors,
  vendor,
  accessibility,
  ai,
  price,
  licence,
}: Manifest): Labels {
  const unique = (values: string[]) => [...new Set(values)].sort();
  return {
    dataCategories: unique(scopes.flatMap(({ elements }) => elements.map(categoryOf))),
    legalBases: unique(scopes.map(({ legalBasis }) => legalBasis)),
    countries: unique([
      vendor.country,
      ...egress.map(({ country }) => country),
      ...subProcessors.map(({ country }) => country),
    ]),
    accessibility: accessibility.level,
    ai: ai.used,
    price: { perLearnerYear: price.perLearnerYear, currency: price.currency, vatPercent: price.vatPercent },
    licence,
  };
}
