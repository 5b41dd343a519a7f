import type { Tx } from '@digione/core/db';
import type { Id } from '@digione/core/kernel';
import type { MemberRole } from '../caller.ts';
import type { SigningKey } from './signing-key.ts';

export interface Member {
  id: Id;
  name: string;
  role: MemberRole;
  account: string | undefined;
  /** At the vendors' identity provider; undefined for members that the administrator named otherwise. */
  username: string | undefined;
}

export interface Vendor {
  id: Id;
  namespace: string;
  name: string;
  businessId: string;
  country: string;
  state: 'active' | 'suspended';
}

export interface StoredKey extends SigningKey {
  revokedAt: Date | null;
}

const columns = 'id, namespace, name, business_id as "businessId", country, state';

/** False when the namespace is taken. */
export async function insertVendor(tx: Tx, vendor: Vendor, at: Date): Promise<boolean> {
  const { id, namespace, name, businessId, country, state } = vendor;
  const rows = await tx.query({
    text: `insert into vendor (id, namespace, name, business_id, country, state, created_at)
           values ($1, $2, $3, $4, $5, $6, $7) on conflict (namespace) do nothing returning id`,
    values: [id, namespace, name, businessId, country, state, at],
  });
  return rows.length === 1;
}

export async function insertMember(tx: Tx, vendor: Id, member: Member): Promise<void> {
  await tx.query({
    text: 'insert into vendor_member (vendor_id, id, name, role, account, username) values ($1, $2, $3, $4, $5, $6)',
    values: [vendor, member.id, member.name, member.role, member.account, member.username],
  });
}

export async function findVendor(tx: Tx, namespace: string): Promise<Vendor | undefined> {
  const [vendor] = await tx.query<Vendor>({
    name: 'vendor-find',
    text: `select ${columns} from vendor where namespace = $1`,
    values: [namespace],
  });
  return vendor;
}

export function membersOf(tx: Tx, vendor: Id): Promise<Member[]> {
  return tx.query<Member>({
    text: `select id, name, role, account, username from vendor_member
           where vendor_id = $1 and removed_at is null order by id`,
    values: [vendor],
  });
}

/** Whether this account of the platform belongs or belonged to the vendor: who left last week does not review its work either. */
export async function isMember(tx: Tx, namespace: string, account: string): Promise<boolean> {
  const rows = await tx.query({
    name: 'vendor-is-member',
    text: `select from vendor_member m join vendor v on v.id = m.vendor_id where v.namespace = $1 and m.account = $2 limit 1`,
    values: [namespace, account],
  });
  return rows.length > 0;
}

/** False when the key is known already, to this vendor or another. */
export async function insertKey(
  tx: Tx,
  vendor: Id,
  { keyId, publicKey, at }: SigningKey & { at: Date },
): Promise<boolean> {
  const rows = await tx.query({
    text: `insert into vendor_key (key_id, vendor_id, public_key, created_at) values ($1, $2, $3, $4)
           on conflict (key_id) do nothing returning key_id`,
    values: [keyId, vendor, publicKey, at],
  });
  return rows.length === 1;
}

export function keysOf(tx: Tx, vendor: Id): Promise<StoredKey[]> {
  return tx.query<StoredKey>({
    name: 'vendor-keys',
    text: `select key_id as "keyId", public_key as "publicKey", revoked_at as "revokedAt"
           from vendor_key where vendor_id = $1 order by created_at, key_id`,
    values: [vendor],
  });
}

/** Ids of the keys that were good until now; all of the vendor's, or the one named. */
export async function revokeKeys(tx: Tx, vendor: Id, { keyId, at }: { keyId?: string; at: Date }): Promise<string[]> {
  const rows = await tx.query<{ keyId: string }>({
    text: `update vendor_key set revoked_at = $2
           where vendor_id = $1 and revoked_at is null and ($3::text is null or key_id = $3) returning key_id as "keyId"`,
    values: [vendor, at, keyId ?? null],
  });
  return rows.map((row) => row.keyId);
}

export async function suspendVendor(tx: Tx, vendor: Id): Promise<void> {
  await tx.query({ text: `update vendor set state = 'suspended' where id = $1`, values: [vendor] });
}
