import type { Tx } from '@digione/core/db';
import type { Id } from '@digione/core/kernel';
import type { Publisher } from '../caller.ts';

export interface TokenRow {
  id: Id;
  hash: string;
  vendor: Id;
  member: Id;
  scopes: string[];
  plugin: string | undefined;
  expiresAt: Date;
  at: Date;
}

export async function insertToken(tx: Tx, token: TokenRow): Promise<void> {
  await tx.query({
    text: `insert into publish_token (id, hash, vendor_id, member_id, scopes, plugin, expires_at, created_at)
           values ($1, $2, $3, $4, $5, $6, $7, $8)`,
    values: [token.id, token.hash, token.vendor, token.member, token.scopes, token.plugin, token.expiresAt, token.at],
  });
}

/** The publisher behind a token that is good now, of a vendor that is active. */
export async function findPublisher(tx: Tx, hash: string, now: Date): Promise<Publisher | undefined> {
  const [row] = await tx.query<
    Omit<Publisher, 'kind' | 'account' | 'plugin'> & { account: string | null; plugin: string | null }
  >({
    name: 'token-find',
    text: `select t.id as token, t.vendor_id as vendor, v.namespace, t.member_id as member, m.account, t.scopes, t.plugin
           from publish_token t
           join vendor v on v.id = t.vendor_id and v.state = 'active'
           join vendor_member m on m.vendor_id = t.vendor_id and m.id = t.member_id and m.removed_at is null
           where t.hash = $1 and t.expires_at > $2 and t.revoked_at is null`,
    values: [hash, now],
  });
  return row && { ...row, kind: 'publisher', account: row.account ?? undefined, plugin: row.plugin ?? undefined };
}

/** A token as its vendor looks at it: never its text, which nobody has. */
export interface IssuedToken {
  id: Id;
  member: string;
  scopes: string[];
  plugin: string | null;
  createdAt: Date;
  expiresAt: Date;
  revokedAt: Date | null;
}

/** Those that were good within the last day, the newest first. */
export function tokensOf(tx: Tx, vendor: Id, since: Date): Promise<IssuedToken[]> {
  return tx.query<IssuedToken>({
    name: 'tokens-of',
    text: `select t.id, m.name as member, t.scopes, t.plugin, t.created_at as "createdAt", t.expires_at as "expiresAt",
             t.revoked_at as "revokedAt"
           from publish_token t join vendor_member m on m.vendor_id = t.vendor_id and m.id = t.member_id
           where t.vendor_id = $1 and t.expires_at > $2 order by t.created_at desc, t.id limit 100`,
    values: [vendor, since],
  });
}

/** How many tokens ended; all of the vendor's, the one named, or those of a member. */
export async function revokeTokens(
  tx: Tx,
  vendor: Id,
  { token, member, at }: { token?: Id; member?: Id; at: Date },
): Promise<number> {
  const rows = await tx.query({
    text: `update publish_token set revoked_at = $2
           where vendor_id = $1 and revoked_at is null and ($3::uuid is null or id = $3) and ($4::uuid is null or member_id = $4)
           returning id`,
    values: [vendor, at, token ?? null, member ?? null],
  });
  return rows.length;
}

export async function forgetExpiredTokens(tx: Tx, before: Date): Promise<void> {
  await tx.query({ text: 'delete from publish_token where expires_at < $1', values: [before] });
}
