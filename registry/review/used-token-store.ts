import type { Tx } from '@digione/core/db';

/** False when the id was used before. */
export async function useTokenOnce(tx: Tx, { jti, until }: { jti: string; until: Date }): Promise<boolean> {
  const rows = await tx.query({
    name: 'service-token-use',
    text: 'insert into used_service_token (jti, expires_at) values ($1, $2) on conflict (jti) do nothing returning jti',
    values: [jti, until],
  });
  return rows.length === 1;
}

/** A token past its end is refused for that, so its id needn't be kept. */
export async function forgetUsedTokens(tx: Tx, before: Date): Promise<void> {
  await tx.query({
    name: 'service-token-forget',
    text: 'delete from used_service_token where expires_at < $1',
    values: [before],
  });
}
