import { newId, refuse, type Id } from '@digione/core/kernel';
import type { MemberRole, Membership } from '../caller.ts';
import { appendToLog } from '../log/index.ts';
import {
  addMember,
  membersOf,
  removeMember,
  revokeKeys,
  revokeTokens,
  type Member,
  type VendorDeps,
} from '../vendors/index.ts';

export interface NewMember {
  name: string;
  username: string;
  role: MemberRole;
}

/** Acts of a vendor's own people on their organisation. */
export async function inviteMember(
  { database }: VendorDeps,
  { vendor }: Membership,
  asked: NewMember,
): Promise<Member> {
  const member = { ...asked, id: newId(), account: undefined };
  if (!(await database.global((tx) => addMember(tx, vendor, member))))
    refuse('conflict', `"${asked.username}" is a member already.`);
  return member;
}

/** Their tokens end with the membership; a vendor keeps an owner. */
export async function dismissMember(
  { database, clock }: VendorDeps,
  { vendor }: Membership,
  member: Id,
): Promise<void> {
  const at = clock.now();
  await database.global(async (tx) => {
    const members = await membersOf(tx, vendor);
    const owners = members.filter(({ role }) => role === 'owner');
    if (owners.length === 1 && owners[0]!.id === member)
      refuse('conflict', 'A vendor has at least one owner. Add another one first.');
    if (!(await removeMember(tx, vendor, { member, at }))) refuse('not-found', 'There is no such member.');
    await revokeTokens(tx, vendor, { member, at });
  });
}

export async function endToken({ database, clock }: VendorDeps, { vendor }: Membership, token: Id): Promise<void> {
  const ended = await database.global((tx) => revokeTokens(tx, vendor, { token, at: clock.now() }));
  if (ended === 0) refuse('not-found', 'There is no such token in use.');
}

/** Every key and token in one call. The vendor itself stays: its owner registers a new key and goes on. */
export async function endEverything(
  { database, clock }: VendorDeps,
  { vendor, namespace }: Membership,
): Promise<{ keys: number; tokens: number }> {
  const at = clock.now();
  return database.global(async (tx) => {
    const keys = await revokeKeys(tx, vendor, { at });
    const tokens = await revokeTokens(tx, vendor, { at });
    for (const keyId of keys) await appendToLog(tx, { kind: 'key-revoked', at, facts: { vendor: namespace, keyId } });
    return { keys: keys.length, tokens };
  });
}
