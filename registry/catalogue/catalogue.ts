import type { Database } from '@digione/core/db';
import { readCursor, writeCursor } from './cursor.ts';
import { facetCounts, knowsTrigrams, searchListings } from './listing-store.ts';
import type { Summary } from './summary.ts';

export interface Question {
  q?: string;
  facet?: string;
  cursor?: string;
  limit?: number;
}

export interface Catalogue {
  search(question: Question): Promise<{ items: Summary[]; next?: string }>;
  facets(): Promise<{ facet: string; count: number }[]>;
}

const pageSize = 20;

/** Search over what is approved; with typing errors where the server has trigrams. */
export async function createCatalogue(database: Database): Promise<Catalogue> {
  const trigrams = await database.global(knowsTrigrams);
  return {
    async search({ q, facet, cursor, limit = pageSize }) {
      const wanted = {
        words: wordsOf(q),
        facets: facet === undefined ? [] : facet.split(','),
        after: cursor === undefined ? undefined : readCursor(cursor),
        limit: limit + 1, // one more tells whether there is a next page
        trigrams,
      };
      const found = await database.global((tx) => searchListings(tx, wanted));
      const items = found.slice(0, limit);
      const last = items.at(-1);
      return {
        items: items.map(({ summary }) => summary),
        ...(found.length > limit && last && { next: writeCursor(last) }),
      };
    },
    facets: () => database.global(facetCounts),
  };
}

function wordsOf(q: string | undefined): string | undefined {
  const words = q?.replaceAll('\0', ' ').trim().toLowerCase();
  return words === '' ? undefined : words;
}
