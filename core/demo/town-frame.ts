import type { Id } from '../kernel/index.ts';
import { demoId } from './identifiers.ts';
import { municipalities, type DemoMunicipality } from './municipalities.ts';
import type { NameLanguage } from './names.ts';
import { seededRandom, type Random } from './random.ts';
import { emptyRows, type TownRows } from './town-rows.ts';

/** The school year of the demonstration; its ends bound enrolments. */
export const schoolYear = { start: '2026-08-01', end: '2027-08-01', year: 2027, staffSince: '2024-08-01' } as const;

/** Turns a national identity code into the only form in which it is stored. */
export type HashIdentifier = (value: string) => string;

/** A municipality while it is being put together. */
export interface Town {
  place: DemoMunicipality;
  random: Random;
  rows: TownRows;
  families: Family[];
  hashIdentifier: HashIdentifier;
  /** Next number of a kind: learner numbers, telephone numbers, staff. */
  serial(kind: string): number;
  /** Id of a thing in this municipality. */
  id(path: string): Id;
}

/** A generated household: what its next child needs to know. */
export interface Family {
  name: string;
  names: NameLanguage;
  guardians: readonly { id: Id; mayDecide: boolean }[];
  grades: Set<string>;
}

export function openTown(place: DemoMunicipality, hashIdentifier: HashIdentifier): Town {
  const serials = new Map<string, number>();
  return {
    place,
    random: seededRandom(`town ${place.code}`),
    rows: emptyRows(),
    families: [],
    hashIdentifier,
    serial(kind) {
      const next = (serials.get(kind) ?? 0) + 1;
      serials.set(kind, next);
      return next;
    },
    id: (path) => demoId(`${place.code}/${path}`),
  };
}

/** 0–4, and 5 for the coordinating company: for numbers that must differ between towns. */
export function townNumber({ place }: Town): number {
  const index = municipalities.findIndex(({ code }) => code === place.code);
  return index < 0 ? municipalities.length : index;
}
