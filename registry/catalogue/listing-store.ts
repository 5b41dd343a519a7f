import type { Tx } from '@digione/core/db';
import type { Manifest } from '@digione/sdk/manifest';
import { facetsOf } from './facets.ts';
import { summaryOf, type Summary } from './summary.ts';

/** A release as the catalogue needs it. */
export interface Listable {
  plugin: string;
  version: string;
  manifest: Manifest;
  state: string;
  channel: string | null;
  consentMajor: number | null;
  digest: string;
  publishedAt: Date;
  stateSince: Date;
}

/** Puts the plugin's newest listed version in the catalogue, or takes the plugin out of it. */
export async function refreshListing(tx: Tx, plugin: string, newest: Listable | undefined): Promise<void> {
  if (!newest) {
    await tx.query({ name: 'listing-delete', text: 'delete from listing where plugin = $1', values: [plugin] });
    return;
  }
  const { name, description, vendor } = newest.manifest;
  const words = (language: 'fi' | 'sv' | 'en') => `${name[language]} ${description[language]} ${vendor.name} ${plugin}`;
  await tx.query({
    name: 'listing-put',
    text: `insert into listing (plugin, version, summary, facets, title, text_fi, text_sv, text_en, listed_at)
           values ($1, $2, $3, $4, $5, to_tsvector('finnish', $6), to_tsvector('swedish', $7), to_tsvector('english', $8), $9)
           on conflict (plugin) do update set version = excluded.version, summary = excluded.summary, facets = excluded.facets,
             title = excluded.title, text_fi = excluded.text_fi, text_sv = excluded.text_sv, text_en = excluded.text_en, listed_at = excluded.listed_at`,
    values: [
      plugin,
      newest.version,
      summaryOf(newest),
      facetsOf(newest.manifest),
      titleOf(newest),
      words('fi'),
      words('sv'),
      words('en'),
      newest.stateSince,
    ],
  });
}

function titleOf({ plugin, manifest: { name } }: Listable): string {
  return [...new Set([name.fi, name.sv, name.en, plugin])].join(' ').toLowerCase();
}

export async function knowsTrigrams(tx: Tx): Promise<boolean> {
  const [row] = await tx.query<{ known: boolean }>({
    text: `select to_regprocedure('public.word_similarity(text, text)') is not null as known`,
  });
  return row!.known;
}

export interface Wanted {
  words: string | undefined;
  facets: string[];
  after: Place | undefined;
  limit: number;
  trigrams: boolean;
}

/** Where a page ended. */
export interface Place {
  score: number;
  plugin: string;
}

export type Found = Place & { summary: Summary };

const rankings = {
  // exact id or name first, then words in any of the languages, then likeness
  tolerant: `case when title = $1 or plugin = $1 then 3 else 0 end
    + greatest(ts_rank(text_fi, websearch_to_tsquery('finnish', $1)), ts_rank(text_sv, websearch_to_tsquery('swedish', $1)), ts_rank(text_en, websearch_to_tsquery('english', $1)))
    + public.word_similarity($1, title)`,
  exact: `case when title = $1 or plugin = $1 then 3 else 0 end
    + greatest(ts_rank(text_fi, websearch_to_tsquery('finnish', $1)), ts_rank(text_sv, websearch_to_tsquery('swedish', $1)), ts_rank(text_en, websearch_to_tsquery('english', $1)))
    + case when position($1 in title) > 0 then 1 else 0 end`,
};

const inText = `text_fi @@ websearch_to_tsquery('finnish', $1) or text_sv @@ websearch_to_tsquery('swedish', $1) or text_en @@ websearch_to_tsquery('english', $1)`;
const matches = {
  tolerant: `(${inText} or $1 operator(public.<%) title)`,
  exact: `(${inText} or position($1 in title) > 0)`,
};

export function searchListings(tx: Tx, { words, facets, after, limit, trigrams }: Wanted): Promise<Found[]> {
  const way = trigrams ? 'tolerant' : 'exact';
  const score = words === undefined ? '0::real' : `(${rankings[way]})::real`;
  const condition = words === undefined ? '$1::text is null' : matches[way];
  return tx.query<Found>({
    name: `listing-search-${words === undefined ? 'all' : way}`,
    text: `select * from (
             select plugin, summary, ${score} as score from listing where ${condition} and facets @> $2::text[]
           ) found
           where $3::real is null or score < $3 or (score = $3 and plugin > $4)
           order by score desc, plugin limit $5`,
    values: [words ?? null, facets, after?.score ?? null, after?.plugin ?? null, limit],
  });
}

/** How many listings carry each facet, the most used first. */
export function facetCounts(tx: Tx): Promise<{ facet: string; count: number }[]> {
  return tx.query({
    name: 'listing-facets',
    text: 'select facet, count(*) as count from listing, unnest(facets) as facet group by facet order by count desc, facet limit 200',
  });
}
