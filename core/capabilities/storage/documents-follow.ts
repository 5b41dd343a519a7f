import type { Tx } from '../../db/index.ts';
import type { MergedPair } from '../../education/index.ts';

/** What plugins stored about the merged row is about the learner who stays, under the same document ids. */
export async function documentsFollow(tx: Tx, { municipality, kept, merged }: MergedPair): Promise<void> {
  await tx.query({
    text: 'update document set subject_id = $2 where municipality_id = $1 and subject_id = $3',
    values: [municipality, kept, merged],
  });
}
