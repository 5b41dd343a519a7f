import type { BulkTx, Query } from '../../db/index.ts';
import { unlessTaken } from './load-fresh.ts';

/**
 * Inserts rows that are new as far as the statement sees. `on conflict do nothing` makes every row dearer by a third, so it
 * is kept for the load during which somebody else inserts the same row.
 */
export async function insertNew(tx: BulkTx, { text, values = [] }: Query): Promise<number> {
  return (await unlessTaken({ tx }, { text, values })) ?? tx.write({ text: `${text} on conflict do nothing`, values });
}
