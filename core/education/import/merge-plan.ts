import type { BulkTx } from '../../db/index.ts';
import type { Clock, Id } from '../../kernel/index.ts';
import type { LoadedFile } from './bundle-files.ts';
import type { ProblemList } from './problems.ts';
import type { LoadMode } from './read-manifest.ts';
import type { Staged } from './stage-file.ts';

/** One import while it runs: the open transaction and what every step needs to know. */
export interface Import {
  tx: BulkTx;
  municipality: Id;
  clock: Clock;
  /** School date: from when removals hold. */
  today: string;
  problems: ProblemList;
  staged: ReadonlyMap<LoadedFile, Staged & { mode: LoadMode }>;
  /** Files of which all was new, as the municipality had no roster: nothing was compared. */
  fresh: Set<LoadedFile>;
}

export interface Counts {
  added: number;
  changed: number;
  removed: number;
  /** How many there were before, that a roster had brought. */
  before: number;
}

/** A column of the bundle that names a row of another table. */
export interface Reference {
  /** Staged column, holding a sourcedId. */
  from: string;
  table: string;
  /** Target column, holding the id. */
  to: string;
  required: boolean;
}

export interface MergePlan {
  file: LoadedFile;
  table: string;
  references: readonly Reference[];
  /** Target column → SQL over `s` (staged row), `t` (row in the table, all null when new) and `ref_<to>.id`. */
  columns: Readonly<Record<string, string>>;
  /** Further joins that the columns use. */
  joins?: string;
  /** SQL conditions over the same names: rows that need no second look when they are new. */
  sound?: readonly string[];
}
