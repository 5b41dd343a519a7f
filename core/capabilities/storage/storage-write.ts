import { randomUUID } from 'node:crypto';
import type { ArgumentOf, Capabilities, ResultOf } from '@digione/sdk/capabilities';
import type { Tx } from '../../db/index.ts';
import { refuse } from '../../kernel/index.ts';
import type { Caller } from '../caller.ts';
import {
  bytesOf,
  findDocument,
  type NewDocument,
  putDocument,
  removeDocument,
  type Shelf,
  type StoredDocument,
} from './document-store.ts';
import type { StorageDeps } from './storage-deps.ts';
import { changeUsage, lockUsage, type StorageQuota } from './usage-store.ts';
import { checkSubject, openCollection } from './storage-scope.ts';
import { isVisible } from './storage-read.ts';

type Put = Capabilities['storage.put'];
type Remove = Capabilities['storage.remove'];

type Transaction = Capabilities['storage.transaction'];

/** Keeps a record: its value fits the collection's schema, its subject may be written about, the quota holds. */
export function put(deps: StorageDeps, caller: Caller, argument: ArgumentOf<Put>): Promise<ResultOf<Put>> {
  return deps.database.inTenant(caller.grant.municipality, (tx) => putInTx(deps, tx, caller, argument));
}

/** When the record must still be as it was read; null when there must be none. */
interface Unchanged {
  ifUpdatedAt?: string | null;
}

async function putInTx(
  { access, checks, clock, quota }: StorageDeps,
  tx: Tx,
  caller: Caller,
  { collection: name, id = randomUUID(), subject, value, ifUpdatedAt }: ArgumentOf<Put> & Unchanged,
): Promise<ResultOf<Put>> {
  const open = openCollection(access, caller, name);
  checks.check(caller.grant, open.collection, value);
  const body = bodyOf(value, quota);
  const person = await checkSubject(tx, open, subject);
  await lockUsage(tx, open.shelf);
  const before = await findDocument(tx, open.shelf, id);
  // A record stays about whom it was written: writing over another learner's would destroy what may be hidden now.
  if (before && before.subject !== person) refuse('not-allowed', 'This id is taken by a record with another subject.');
  checkUnchanged(before, ifUpdatedAt);
  const about = { purpose: open.collection.purpose, createdBy: caller.actor.person, at: clock.now() };
  await write(tx, before ? { ...open.shelf, school: before.school } : open.shelf, {
    document: { id, subject: person, body, ...about },
    quota,
  });
  return { id };
}

class Stale extends Error {}

function checkUnchanged(before: StoredDocument | undefined, asRead: string | null | undefined): void {
  if (asRead === undefined) return;
  if ((before?.updatedAt.toISOString() ?? null) !== asRead) throw new Stale();
}

/** Several writes in one transaction; each is decided and checked as if it came alone. */
export async function transaction(
  deps: StorageDeps,
  caller: Caller,
  { operations }: ArgumentOf<Transaction>,
): Promise<ResultOf<Transaction>> {
  try {
    return await deps.database.inTenant(caller.grant.municipality, async (tx) => {
      const results: ResultOf<Transaction>['results'] = [];
      for (const one of operations)
        results.push(
          'put' in one ? await putInTx(deps, tx, caller, one.put) : await removeInTx(deps, tx, caller, one.remove),
        );
      return { committed: true, results };
    });
  } catch (error) {
    if (error instanceof Stale) return { committed: false, results: [] };
    throw error;
  }
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

/** Removes a record that the plugin may see. */
export function remove(deps: StorageDeps, caller: Caller, argument: ArgumentOf<Remove>): Promise<ResultOf<Remove>> {
  return deps.database.inTenant(caller.grant.municipality, (tx) => removeInTx(deps, tx, caller, argument));
}

async function removeInTx(
  { access, quota }: StorageDeps,
  tx: Tx,
  caller: Caller,
  { collection: name, id, ifUpdatedAt }: ArgumentOf<Remove> & Unchanged,
): Promise<ResultOf<Remove>> {
  const open = openCollection(access, caller, name);
  await lockUsage(tx, open.shelf);
  const document = await findDocument(tx, open.shelf, id);
  const visible = document !== undefined && (await isVisible(tx, open, document, 'storage.remove'));
  checkUnchanged(visible ? document : undefined, ifUpdatedAt);
  if (!visible) return { removed: false };
  const shelf = { ...open.shelf, school: document.school };
  const bytes = (await bytesOf(tx, shelf, id)) ?? 0;
  await changeUsage(tx, shelf, { documents: -1, bytes: -bytes, quota });
  await removeDocument(tx, shelf, id);
  return { removed: true };
}
