import type { Manifest } from '@digione/sdk/manifest';
import type { Database } from '../db/index.ts';
import { type Language, refuse, type Texts } from '../kernel/index.ts';
import { newestFirst } from './newest-release.ts';
import { type HeldRelease, isOffered, offeredReleases, releasesOf } from './held-release-store.ts';

export interface CatalogueItem {
  plugin: string;
  version: string;
  name: Texts;
  description: Texts;
  vendor: string;
  roles: string[];
  usesAi: boolean;
  accessibility: string;
  perLearnerYear: number;
}

export interface CatalogueEntry {
  manifest: Manifest;
  versions: { version: string; state: string; consentMajor: number; digest: string; revoked: boolean }[];
}

export interface CatalogueQuery {
  q?: string | undefined;
  language: Language;
  limit: number;
  /** The plugin after which the page starts. */
  cursor?: string | undefined;
}

export interface Catalogue {
  list(query: CatalogueQuery): Promise<{ items: CatalogueItem[]; next?: string }>;
  entry(plugin: string): Promise<CatalogueEntry>;
}

/** Reads only verified bundles of this installation, so that it answers when the registry does not. */
export function createCatalogue(database: Database): Catalogue {
  return {
    async list({ q, language, limit, cursor }) {
      const newest = newestOfEach(await database.global(offeredReleases));
      const matching = newest.filter(({ manifest }) => matches(manifest, language, q));
      const start = cursor === undefined ? 0 : matching.findIndex(({ plugin }) => plugin > cursor);
      const page = start === -1 ? [] : matching.slice(start, start + limit);
      const last = page.at(-1);
      const more = last !== undefined && last !== matching.at(-1);
      return { items: page.map(itemOf), ...(more ? { next: last.plugin } : {}) };
    },
    async entry(plugin) {
      const releases = newestFirst(await database.global((tx) => releasesOf(tx, plugin)));
      const shown = releases.find(isOffered) ?? releases[0];
      if (!shown) refuse('plugin-unknown', `The catalogue has no ${plugin}.`);
      return { manifest: shown.manifest, versions: releases.map(versionOf) };
    },
  };
}

function newestOfEach(releases: HeldRelease[]): HeldRelease[] {
  const newest = new Map<string, HeldRelease>();
  for (const release of newestFirst(releases)) if (!newest.has(release.plugin)) newest.set(release.plugin, release);
  return [...newest.values()].sort((one, other) => (one.plugin < other.plugin ? -1 : 1));
}

function matches(manifest: Manifest, language: Language, q: string | undefined): boolean {
  if (q === undefined) return true;
  const text = `${manifest.id} ${manifest.name[language]} ${manifest.description[language]} ${manifest.vendor.name}`;
  return text.toLocaleLowerCase(language).includes(q.toLocaleLowerCase(language));
}

function itemOf({ plugin, version, manifest }: HeldRelease): CatalogueItem {
  const { name, description, vendor, audience, ai, accessibility, price } = manifest;
  return {
    plugin,
    version,
    name,
    description,
    vendor: vendor.name,
    roles: audience.roles,
    usesAi: ai.used,
    accessibility: accessibility.level,
    perLearnerYear: price.perLearnerYear,
  };
}

function versionOf({ version, state, consentMajor, digest, revoked }: HeldRelease): CatalogueEntry['versions'][number] {
  return { version, state, consentMajor, digest, revoked: revoked !== null };
}
