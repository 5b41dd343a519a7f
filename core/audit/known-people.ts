import type { Id } from '../kernel/index.ts';
import type { ChainedPerson } from './chains.ts';
import type { Head } from './sequencer-store.ts';

/**
 * What the sequencer remembers of persons between its runs, so that the chains of those who are read every day are not read
 * back every time. It holds as long as nobody else has filed anything and no key was destroyed since.
 */
export interface KnownPeople {
  /** The map of the municipality, empty when it no longer holds; the caller fills and brings it forward. */
  at(municipality: Id, head: Head): Map<Id, ChainedPerson>;
  /** To be called after the commit. */
  keep(municipality: Id, people: Map<Id, ChainedPerson>, head: Pick<Head, 'size' | 'destroyed'>): void;
  forget(municipality: Id): void;
}

const mostPeople = 100_000;

interface Kept {
  people: Map<Id, ChainedPerson>;
  size: number;
  destroyed: number;
}

export function createKnownPeople(most = mostPeople): KnownPeople {
  const kept = new Map<Id, Kept>();
  return {
    at(municipality, { size, destroyed }) {
      const known = kept.get(municipality);
      kept.delete(municipality);
      return known?.size === size && known.destroyed === destroyed ? known.people : new Map();
    },
    keep(municipality, people, { size, destroyed }) {
      if (people.size <= most) kept.set(municipality, { people, size, destroyed });
      let total = 0;
      for (const one of kept.values()) total += one.people.size;
      // The municipality that has rested longest is forgotten first.
      for (const [oldest, { people: those }] of kept) {
        if (total <= most) return;
        kept.delete(oldest);
        total -= those.size;
      }
    },
    forget: (municipality) => void kept.delete(municipality),
  };
}
