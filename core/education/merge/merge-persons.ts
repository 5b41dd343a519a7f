import type { Database, Tx } from '../../db/index.ts';
import { refuse, type Clock } from '../../kernel/index.ts';
import { checkMergeable } from './check-mergeable.ts';
import type { Follower, MergeOrder } from './merge-order.ts';
import { keepAlias } from './person-merge-store.ts';
import { moveGuardianships } from './move-guardianships.ts';
import { moveRelations } from './move-relations.ts';

export interface MergeDeps {
  database: Database;
  clock: Clock;
  followers: readonly Follower[];
}

/**
 * Makes one learner of two, all or nothing. Nothing that was kept about either is lost; a guardian known from one row only
 * waits for confirmation before seeing the other's; safety entries of both hold.
 */
export async function mergePersons({ database, clock, followers }: MergeDeps, order: MergeOrder): Promise<void> {
  const { municipality, kept, merged } = order;
  if (kept === merged) refuse('invalid', 'A learner can’t be merged with themselves.');
  const pair = { municipality, kept, merged };
  await database.inTenant(municipality, async (tx) => {
    await checkMergeable(tx, pair, clock.today());
    await applyMerge({ clock, followers }, tx, order);
  });
}

/** All that a merge writes, of this room and of those that follow. */
export async function applyMerge(
  { clock, followers }: Pick<MergeDeps, 'clock' | 'followers'>,
  tx: Tx,
  order: MergeOrder,
): Promise<void> {
  const { municipality, kept, merged } = order;
  const pair = { municipality, kept, merged };
  await moveRelations(tx, pair);
  await moveGuardianships(tx, pair, clock);
  for (const follow of followers) await follow(tx, pair);
  await keepAlias(tx, order, clock.now());
}
