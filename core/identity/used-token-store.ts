import type { Database } from '../db/index.ts';
import type { Clock } from '../kernel/index.ts';
import type { UsedTokens } from '../tokens/index.ts';

/** Remembers one-use tokens for all nodes. */
export function usedTokenStore(database: Database, clock: Clock): UsedTokens {
  return {
    firstUse: ({ issuer, jti, until }) =>
      database.global(async (tx) => {
        await tx.query({
          text: `delete from used_token where (issuer, jti) in
                   (select issuer, jti from used_token where ends_at < $1 limit 100)`,
          values: [clock.now()],
        });
        const kept = await tx.query({
          text: `insert into used_token (issuer, jti, ends_at) values ($1, $2, $3) on conflict do nothing returning jti`,
          values: [issuer, jti, until],
        });
        return kept.length === 1;
      }),
  };
}
