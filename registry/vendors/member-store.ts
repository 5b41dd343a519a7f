import type { Tx } from '@digione/core/db';
import type { Id } from '@digione/core/kernel';
import type { Membership } from '../caller.ts';
import type { Member } from './vendor-store.ts';

/**
 * For whom the person works. An invitation under their user name is bound to their account now, and from then on the
 * account alone counts.
 */
export async function membershipsOf(
  tx: Tx,
  { account, username }: { account: string; username: string },
): Promise<Membership[]> {
  await tx.query({
    name: 'member-bind',
    text: `update vendor_member m set account = $1
           where username = $2 and account is null and removed_at is null
             and not exists (select from vendor_member o where o.vendor_id = m.vendor_id and o.account = $1 and o.removed_at is null)`,
    values: [account, username],
  });
  return tx.query<Membership>({
    name: 'memberships-of',
    text: `select m.vendor_id as vendor, v.namespace, m.id as member, m.role
           from vendor_member m join vendor v on v.id = m.vendor_id
           where m.account = $1 and m.removed_at is null order by v.namespace`,
    values: [account],
  });
}

/** False when the user name is invited already. */
export async function addMember(tx: Tx, vendor: Id, { id, name, role, username }: Member): Promise<boolean> {
  const rows = await tx.query({
    text: `insert into vendor_member (vendor_id, id, name, role, username) values ($1, $2, $3, $4, $5)
           on conflict (vendor_id, username) where removed_at is null do nothing returning id`,
    values: [vendor, id, name, role, username],
  });
  return rows.length === 1;
}

/** False when there is no such member. The row stays: versions name who published them. */
export async function removeMember(tx: Tx, vendor: Id, { member, at }: { member: Id; at: Date }): Promise<boolean> {
  const rows = await tx.query({
    text: `update vendor_member set removed_at = $3 where vendor_id = $1 and id = $2 and removed_at is null returning id`,
    values: [vendor, member, at],
  });
  return rows.length === 1;
}
