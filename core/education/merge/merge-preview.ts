import type { Tx } from '../../db/index.ts';
import type { Id } from '../../kernel/index.ts';
import { checkMergeable } from './check-mergeable.ts';
import type { MergedPair, MergeOrder } from './merge-order.ts';
import { applyMerge, type MergeDeps } from './merge-persons.ts';
import { classesAndCounts, waitingGuardians, type MergeSide } from './merge-preview-store.ts';

/** What a merge would do: who the two are, what of the merged one moves, and whose access would wait for a decision. */
export interface MergePreview {
  kept: MergeSide;
  merged: MergeSide;
  /** Guardians who would have to be confirmed before they see the other row's past. */
  waitingGuardians: number;
}

/** Leaves the transaction without committing, and carries the result out. */
class OnlyLooked extends Error {
  readonly preview: MergePreview;

  constructor(preview: MergePreview) {
    super('rolled back on purpose');
    this.name = 'OnlyLooked';
    this.preview = preview;
  }
}

/** Does the whole merge, every room's part of it, and undoes it: what it refuses, the merge itself would refuse. */
export async function previewMerge(deps: MergeDeps, pair: MergedPair & { by: Id }): Promise<MergePreview> {
  const order: MergeOrder = { ...pair, reason: 'preview' };
  try {
    return await deps.database.inTenant(pair.municipality, async (tx) => {
      throw new OnlyLooked(await look(deps, tx, order));
    });
  } catch (error) {
    if (error instanceof OnlyLooked) return error.preview;
    throw error;
  }
}

async function look(deps: MergeDeps, tx: Tx, order: MergeOrder): Promise<MergePreview> {
  const { municipality, kept, merged } = order;
  const today = deps.clock.today();
  await checkMergeable(tx, order, today);
  const sides = {
    kept: await classesAndCounts(tx, municipality, { person: kept, today }),
    merged: await classesAndCounts(tx, municipality, { person: merged, today }),
  };
  const before = await waitingGuardians(tx, municipality, [kept, merged]);
  await applyMerge(deps, tx, order);
  return { ...sides, waitingGuardians: (await waitingGuardians(tx, municipality, [kept, merged])) - before };
}
