import type { Tx } from '@digione/core/db';

export interface StoredBytes {
  bytes: Buffer;
  /** Strength of the newest revocation, if any. */
  revoked: string | null;
}

/** Bytes of a bundle that is a target: what is still in review is nobody's to fetch. */
export async function targetBytes(tx: Tx, digest: string, path?: string): Promise<StoredBytes | undefined> {
  const [row] = await tx.query<StoredBytes>({
    name: 'target-bytes',
    text: `select c.bytes, t.custom #>> '{revoked,strength}' as revoked
           from trust_target t join content c using (digest)
           where t.digest = $1 and ($2::text is null or t.path = $2)
           order by (t.custom #>> '{revoked,strength}' = 'kill') nulls first limit 1`,
    values: [digest, path],
  });
  return row;
}
