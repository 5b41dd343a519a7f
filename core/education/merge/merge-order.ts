import type { Tx } from '../../db/index.ts';
import type { Id } from '../../kernel/index.ts';

/** Two rows of one learner. */
export interface MergedPair {
  municipality: Id;
  /** Who stays, with this id. */
  kept: Id;
  /** Whose rows move; the id goes on meaning the learner who stays. */
  merged: Id;
}

export interface MergeOrder extends MergedPair {
  /** Why somebody of the municipality holds the two for one: shown in the log. */
  reason: string;
  by: Id;
}

/** Moves what one other room keeps about a person, in the transaction of the merge. */
export type Follower = (tx: Tx, pair: MergedPair) => Promise<void>;
