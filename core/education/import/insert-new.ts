import type { BulkTx, Query } from '../../db/index.ts';
import { countOf } from './merge-table.ts';

const uniqueViolation = '23505';

/**
 * Inserts rows that are new as far as the statement sees. `on conflict do nothing` makes every row dearer by a third, so it
 * is kept for the load during which somebody else inserts the same row.
 */
export async function insertNew(tx: BulkTx, { text, values = [] }: Query): Promise<number> {
  await tx.query({ text: 'savepoint insert_new' });
  try {
    return await countOf(tx, { text: `${text} returning 1`, values });
  } catch (error) {
    if ((error as { code?: string }).code !== uniqueViolation) throw error;
    await tx.query({ text: 'rollback to savepoint insert_new' });
    return await countOf(tx, { text: `${text} on conflict do nothing returning 1`, values });
  }
}
