import type { Tx } from '../../db/index.ts';
import type { Id } from '../../kernel/index.ts';
import type { MergeOrder } from './merge-order.ts';

/** From now on the merged id means the kept one, and so do the ids that had been merged into it before. */
export async function keepAlias(tx: Tx, order: MergeOrder, at: Date): Promise<void> {
  const { municipality, kept, merged, reason, by } = order;
  await tx.query({
    text: 'update person_merge set kept_id = $2 where municipality_id = $1 and kept_id = $3',
    values: [municipality, kept, merged],
  });
  await tx.query({
    text: `insert into person_merge (municipality_id, merged_id, kept_id, reason, merged_by, merged_at)
      values ($1, $2, $3, $4, $5, $6)`,
    values: [municipality, merged, kept, reason, by, at],
  });
}

/** Who of the given ids has been merged into whom; ids that stand for themselves are not in the answer. */
export async function mergedInto(tx: Tx, municipality: Id, ids: readonly Id[]): Promise<Map<Id, Id>> {
  const rows = await tx.query<{ merged: Id; kept: Id }>({
    name: 'merged-into',
    text: `select merged_id as merged, kept_id as kept from person_merge
      where municipality_id = $1 and merged_id = any($2::uuid[])`,
    values: [municipality, ids],
  });
  return new Map(rows.map(({ merged, kept }) => [merged, kept]));
}
