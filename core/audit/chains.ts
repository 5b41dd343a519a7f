import type { Id } from '../kernel/index.ts';
import {
  type Audience,
  audiences,
  audiencesOf,
  type ChainPlace,
  firstLink,
  hashBytes,
  type LoggedEvent,
  nextLink,
  subLeaf,
} from './leaves.ts';

/** Where a person's chains stand: of each audience the number of the last event and its link. */
export type ChainEnds = Readonly<Record<Audience, { n: number; link: string }>>;

const start = { n: 0, link: firstLink };
export const emptyChains: ChainEnds = { guardian: start, learner: start, officer: start };

/** A person as the sequencer knows one. */
export interface ChainedPerson {
  salt: Buffer;
  ends: ChainEnds;
}

/** What one run files under one person. */
export interface FiledPerson {
  person: Id;
  before: ChainEnds;
  positions: number[];
  /** For each position: which event of the run, which of its sub-leaves, whose chains. */
  places: number[];
}

export interface FiledRun {
  /** starts[i] up to starts[i + 1] are the sub-leaves of event i. */
  starts: number[];
  subLeaves: Buffer;
  persons: FiledPerson[];
}

/** Files each event under its subjects and goes on with their chains; `people` holds everybody and is brought forward. */
export function chainSubjects(events: readonly LoggedEvent[], people: Map<Id, ChainedPerson>): FiledRun {
  const starts = [0];
  for (const { subjects } of events) starts.push(starts.at(-1)! + subjects.length);
  const subLeaves = Buffer.allocUnsafe(starts.at(-1)! * hashBytes);
  const filed = new Map<Id, FiledPerson>();
  for (const [index, event] of events.entries()) {
    const whose = audiencesOf(event);
    for (const [place, person] of event.subjects.entries()) {
      const known = people.get(person)!;
      const spot = starts[index]! + place;
      const about = { position: event.position, person, mask: event.masks[place]! };
      const leaf = subLeaf(about, known.salt, placesAfter(known.ends, whose));
      subLeaves.write(leaf, spot * hashBytes, 'latin1');
      const own = filed.get(person) ?? { person, before: known.ends, positions: [], places: [] };
      filed.set(person, own);
      own.positions.push(event.position);
      own.places.push(index, spot, bitsOf(whose));
      known.ends = goOn(known.ends, whose, leaf);
    }
  }
  return { starts, subLeaves, persons: [...filed.values()] };
}

/** The places that the next event takes in the chains that it goes on. */
export function placesAfter(ends: ChainEnds, whose: readonly Audience[]): { audience: Audience; place: ChainPlace }[] {
  return whose.map((audience) => ({
    audience,
    place: { n: ends[audience].n + 1, previous: ends[audience].link },
  }));
}

/** Chains that stood at the same link go on to the same one: it is hashed once. */
export function goOn(ends: ChainEnds, whose: readonly Audience[], leaf: string): ChainEnds {
  const { guardian, learner, officer } = ends;
  let from = '';
  let link = '';
  const next = (end: { n: number; link: string }): { n: number; link: string } => {
    if (end.link !== from) {
      from = end.link;
      link = nextLink(from, leaf);
    }
    return { n: end.n + 1, link };
  };
  return whose.length === audiences.length
    ? { guardian: next(guardian), learner: next(learner), officer: next(officer) }
    : { guardian, learner, officer: next(officer) };
}

/** 1 guardian, 2 learner, 4 officer. */
function bitsOf(whose: readonly Audience[]): number {
  return whose.length === audiences.length ? 7 : 4;
}

export function audiencesIn(bits: number): readonly Audience[] {
  return audiences.filter((_, index) => (bits & (1 << index)) !== 0);
}
