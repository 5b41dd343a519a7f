import type { Database, Tx } from '@digione/core/db';
import { newId, refuse, type Clock, type Id } from '@digione/core/kernel';
import { appendToLog } from '../log/index.ts';
import { readSigningKey } from './signing-key.ts';
import { newToken, tokenHash } from './token.ts';
import { insertToken, revokeTokens } from './token-store.ts';
import {
  findVendor,
  insertKey,
  insertMember,
  insertVendor,
  keysOf,
  membersOf,
  revokeKeys,
  suspendVendor,
  type Member,
  type StoredKey,
  type Vendor,
} from './vendor-store.ts';

export interface VendorDeps {
  database: Database;
  clock: Clock;
}

export interface NewVendor {
  namespace: string;
  name: string;
  businessId: string;
  country: string;
  members: (Pick<Member, 'name' | 'role'> & { account?: string; username?: string })[];
}

export interface NewToken {
  vendor: string;
  member?: Id;
  scopes: string[];
  plugin?: string;
  lifetimeSeconds: number;
}

export async function createVendor(
  { database, clock }: VendorDeps,
  asked: NewVendor,
): Promise<Vendor & { members: Member[] }> {
  const at = clock.now();
  const { members, ...facts } = asked;
  const vendor: Vendor = { ...facts, id: newId(), state: 'active' };
  const kept = members.map((member) => ({ id: newId(), account: undefined, username: undefined, ...member }));
  await database.global(async (tx) => {
    if (!(await insertVendor(tx, vendor, at)))
      refuse('namespace-taken', `The namespace "${vendor.namespace}" belongs to a vendor already.`);
    for (const member of kept) await insertMember(tx, vendor.id, member);
    await appendToLog(tx, {
      kind: 'vendor-created',
      at,
      facts: { vendor: vendor.namespace, businessId: vendor.businessId },
    });
  });
  return { ...vendor, members: kept };
}

export async function addKey(
  { database, clock }: VendorDeps,
  namespace: string,
  publicKey: string,
): Promise<StoredKey> {
  const key = readSigningKey(publicKey);
  const at = clock.now();
  return database.global(async (tx) => {
    const vendor = await activeVendor(tx, namespace);
    if (!(await insertKey(tx, vendor.id, { ...key, at })))
      refuse('key-known', 'This key is registered already. Make a new pair.');
    await appendToLog(tx, { kind: 'key-added', at, facts: { vendor: namespace, ...key } });
    return { ...key, revokedAt: null };
  });
}

export async function revokeKey({ database, clock }: VendorDeps, namespace: string, keyId: string): Promise<void> {
  const at = clock.now();
  await database.global(async (tx) => {
    const vendor = await knownVendor(tx, namespace);
    const revoked = await revokeKeys(tx, vendor.id, { keyId, at });
    if (revoked.length === 0) refuse('not-found', `Vendor "${namespace}" has no such key in use.`);
    await appendToLog(tx, { kind: 'key-revoked', at, facts: { vendor: namespace, keyId } });
  });
}

/** The token's text is told once, here. */
export async function issueToken(
  { database, clock }: VendorDeps,
  asked: NewToken,
): Promise<{ id: Id; token: string; expiresAt: Date }> {
  const at = clock.now();
  if (asked.plugin && !asked.plugin.startsWith(`${asked.vendor}/`))
    refuse('namespace-foreign', `The plugin "${asked.plugin}" is not in the namespace of "${asked.vendor}".`);
  return database.global(async (tx) => {
    const vendor = await activeVendor(tx, asked.vendor);
    const member = await developerOf(tx, vendor, asked.member);
    const issued = { id: newId(), token: newToken(), expiresAt: new Date(at.getTime() + asked.lifetimeSeconds * 1000) };
    const { scopes, plugin } = asked;
    const hash = tokenHash(issued.token);
    await insertToken(tx, {
      id: issued.id,
      hash,
      vendor: vendor.id,
      member,
      scopes,
      plugin,
      expiresAt: issued.expiresAt,
      at,
    });
    return issued;
  });
}

/** One call that ends every key and token of a vendor. */
export async function shutOutVendor(
  { database, clock }: VendorDeps,
  namespace: string,
): Promise<{ keys: number; tokens: number }> {
  const at = clock.now();
  return database.global(async (tx) => {
    const vendor = await knownVendor(tx, namespace);
    const keys = await revokeKeys(tx, vendor.id, { at });
    const tokens = await revokeTokens(tx, vendor.id, { at });
    await suspendVendor(tx, vendor.id);
    for (const keyId of keys) await appendToLog(tx, { kind: 'key-revoked', at, facts: { vendor: namespace, keyId } });
    await appendToLog(tx, { kind: 'vendor-suspended', at, facts: { vendor: namespace } });
    return { keys: keys.length, tokens };
  });
}

export function describeVendor(
  { database }: VendorDeps,
  namespace: string,
): Promise<{ vendor: Vendor; keys: StoredKey[] }> {
  return database.global(async (tx) => {
    const vendor = await knownVendor(tx, namespace);
    return { vendor, keys: await keysOf(tx, vendor.id) };
  });
}

async function developerOf(tx: Tx, vendor: Vendor, wanted: Id | undefined): Promise<Id> {
  const members = (await membersOf(tx, vendor.id)).filter(({ role }) => role !== 'approver');
  const member = wanted ? members.find(({ id }) => id === wanted) : members[0];
  if (!member) refuse('not-found', `Vendor "${vendor.namespace}" has no such owner or developer.`);
  return member.id;
}

async function knownVendor(tx: Tx, namespace: string): Promise<Vendor> {
  return (await findVendor(tx, namespace)) ?? refuse('not-found', `No vendor has the namespace "${namespace}".`);
}

async function activeVendor(tx: Tx, namespace: string): Promise<Vendor> {
  const vendor = await knownVendor(tx, namespace);
  if (vendor.state !== 'active') refuse('vendor-suspended', `Vendor "${namespace}" is suspended.`);
  return vendor;
}
