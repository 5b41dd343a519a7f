import { randomUUID } from 'node:crypto';
import type { ArgumentOf, Capabilities, ResultOf } from '@digione/sdk/capabilities';
import type { Tx } from '../../db/index.ts';
import { type Id, refuse } from '../../kernel/index.ts';
import type { Caller } from '../caller.ts';
import { bytesOf, findDocument, type NewDocument, putDocument, removeDocument, type Shelf } from './document-store.ts';
import type { StorageDeps } from './storage-deps.ts';
import { changeUsage, lockUsage, type StorageQuota } from './usage-store.ts';
import { checkSubject, openCollection } from './storage-scope.ts';
import { isVisible } from './storage-read.ts';

type Put = Capabilities['storage.put'];
type Remove = Capabilities['storage.remove'];

/** Keeps a record: its value fits the collection's schema, its subject may be written about, the quota holds. */
export async function put(
  { database, access, checks, clock, quota }: StorageDeps,
  caller: Caller,
  { collection: name, id = randomUUID(), subject, value }: ArgumentOf<Put>,
): Promise<ResultOf<Put>> {
  const open = openCollection(access, caller, name);
  checks.check(caller.grant, open.collection, value);
  const body = bodyOf(value, quota);
  return database.inTenant(caller.grant.municipality, async (tx) => {
    const person = await checkSubject(tx, open, subject);
    await lockUsage(tx, open.shelf);
    await checkSameSubject(tx, open.shelf, { id, person });
    const about = { purpose: open.collection.purpose, createdBy: caller.actor.person, at: clock.now() };
    await write(tx, open.shelf, { document: { id, subject: person, body, ...about }, quota });
    return { id };
  });
}

async function write(
  tx: Tx,
  shelf: Shelf,
  { document, quota }: { document: NewDocument; quota: StorageQuota },
): Promise<void> {
  const before = await bytesOf(tx, shelf, document.id);
  const bytes = Buffer.byteLength(document.body) - (before ?? 0);
  await changeUsage(tx, shelf, { documents: before === undefined ? 1 : 0, bytes, quota });
  await putDocument(tx, shelf, document);
}

function bodyOf(value: unknown, { documentBytes }: StorageQuota): string {
  const body = JSON.stringify(value);
  if (Buffer.byteLength(body) > documentBytes) refuse('too-large', `A record holds ${documentBytes} bytes at most.`);
  if (body.includes('\\u0000')) refuse('invalid-argument', 'A record can not hold the character U+0000.');
  return body;
}

/** A record stays about whom it was written: writing over another learner's would destroy what may be hidden now. */
async function checkSameSubject(
  tx: Tx,
  shelf: Shelf,
  { id, person }: { id: string; person: Id | null },
): Promise<void> {
  const before = await findDocument(tx, shelf, id);
  if (before && before.subject !== person) refuse('not-allowed', 'This id is taken by a record with another subject.');
}

/** Removes a record that the plugin may see. */
export async function remove(
  { database, access, quota }: StorageDeps,
  caller: Caller,
  { collection: name, id }: ArgumentOf<Remove>,
): Promise<ResultOf<Remove>> {
  const open = openCollection(access, caller, name);
  return database.inTenant(caller.grant.municipality, async (tx) => {
    await lockUsage(tx, open.shelf);
    const document = await findDocument(tx, open.shelf, id);
    if (!document || !(await isVisible(tx, open, document, 'storage.remove'))) return { removed: false };
    const bytes = (await bytesOf(tx, open.shelf, id)) ?? 0;
    await changeUsage(tx, open.shelf, { documents: -1, bytes: -bytes, quota });
    await removeDocument(tx, open.shelf, id);
    return { removed: true };
  });
}
