import type { ArgumentOf, Capabilities, ResultOf, StoredFile } from '@digione/sdk/capabilities';
import type { Access } from '../../access/index.ts';
import type { Database, Tx } from '../../db/index.ts';
import { mergedInto } from '../../education/index.ts';
import { type Clock, type Id, isId, newId, refuse, sha256Hex } from '../../kernel/index.ts';
import type { Caller } from '../caller.ts';
import type { Doors } from '../door.ts';
import {
  contentOf,
  type FileRow,
  filesKept,
  findFile,
  insertFile,
  lockFiles,
  newestFiles,
  removeFileRow,
} from './file-store.ts';
import { isOfType } from './file-type.ts';
import { grantedElementsOf, purposeOf } from '../scopes.ts';

/** Looks for malicious content. A scanner that can't answer throws, and nothing is kept. */
export type ScanFile = (bytes: Buffer) => Promise<'clean' | 'infected'>;

export interface FileDeps {
  database: Database;
  access: Access;
  clock: Clock;
  /** No scanner: everything is taken for clean. */
  scan?: ScanFile;
  quota: FileQuota;
}

/** Bounds of one plugin in one school. */
export interface FileQuota {
  files: number;
  bytes: number;
  fileBytes: number;
}

export const defaultFileQuota: FileQuota = { files: 5_000, bytes: 500_000_000, fileBytes: 690_000 };
const mostListed = 200;

type FileDoors = Pick<Doors, 'files.put' | 'files.get' | 'files.list' | 'files.remove'>;

/** `files.*`: the plugin's own files in a school. */
export function files(deps: FileDeps): FileDoors {
  return {
    'files.put': (caller, argument) => put(deps, caller, argument),
    'files.get': (caller, { id }) => get(deps, caller, id),
    'files.list': (caller) => list(deps, caller),
    'files.remove': (caller, { id }) => remove(deps, caller, id),
  };
}

async function put(
  { database, access, clock, scan, quota }: FileDeps,
  caller: Caller,
  { name, type, content, subject, purpose: asked }: ArgumentOf<Capabilities['files.put']>,
): Promise<ResultOf<Capabilities['files.put']>> {
  const { grant } = caller;
  const purpose = purposeOf(grant, 'files', asked);
  const bytes = bytesOf(content, quota);
  if (!isOfType(bytes, type)) refuse('invalid-argument', `The file is not ${type}.`);
  if (scan && (await scan(bytes)) === 'infected') refuse('not-allowed', 'The file holds something malicious.');
  return database.inTenant(grant.municipality, async (tx) => {
    await lockFiles(tx, grant.municipality);
    await checkRoom(tx, grant, { size: bytes.length, quota });
    const person = subject === undefined ? null : await checkPerson(tx, access, { caller, subject, purpose });
    const about = { subject: person, purpose, createdBy: caller.actor.person, createdAt: clock.now() };
    const file = { id: newId(), name, type, size: bytes.length, sha256: sha256Hex(bytes), bytes, ...about };
    await insertFile(tx, grant, file);
    return { id: file.id };
  });
}

function bytesOf(content: string, { fileBytes }: FileQuota): Buffer {
  const bytes = Buffer.from(content, 'base64');
  if (bytes.length === 0) refuse('invalid-argument', 'The file is empty.');
  if (bytes.length > fileBytes) refuse('too-large', `A file holds ${fileBytes} bytes at most.`);
  return bytes;
}

async function checkRoom(
  tx: Tx,
  grant: Caller['grant'],
  { size, quota }: { size: number; quota: FileQuota },
): Promise<void> {
  const kept = await filesKept(tx, grant);
  if (kept.files >= quota.files || kept.bytes + size > quota.bytes)
    refuse('quota-exceeded', `${grant.plugin} has no room for more files in this school. Remove some first.`);
}

async function checkPerson(
  tx: Tx,
  access: Access,
  { caller, subject, purpose }: { caller: Caller; subject: string; purpose: string },
): Promise<Id> {
  const { municipality, plugin } = caller.grant;
  const named = access.person(municipality, plugin, subject);
  const [person] = named
    ? (await visible(tx, access, { caller, action: 'storage.write', about: [{ subject: named, purpose }] })).values()
    : [];
  return person ?? refuse('not-allowed', 'Nothing may be kept about this learner now.');
}

async function get(
  { database, access }: FileDeps,
  caller: Caller,
  id: string,
): Promise<ResultOf<Capabilities['files.get']>> {
  return database.inTenant(caller.grant.municipality, async (tx) => {
    const [shown] = await seen(tx, access, { caller, rows: await rowOf(tx, caller, id), action: 'storage.read' });
    const bytes = shown && (await contentOf(tx, caller.grant.municipality, shown.row.sha256));
    return { file: bytes ? { ...shown.file, content: bytes.toString('base64') } : null };
  });
}

async function list({ database, access }: FileDeps, caller: Caller): Promise<ResultOf<Capabilities['files.list']>> {
  return database.inTenant(caller.grant.municipality, async (tx) => {
    const rows = await newestFiles(tx, caller.grant, mostListed);
    return { files: (await seen(tx, access, { caller, rows, action: 'storage.read' })).map(({ file }) => file) };
  });
}

async function remove({ database, access }: FileDeps, caller: Caller, id: string): Promise<{ removed: boolean }> {
  return database.inTenant(caller.grant.municipality, async (tx) => {
    await lockFiles(tx, caller.grant.municipality);
    const [shown] = await seen(tx, access, { caller, rows: await rowOf(tx, caller, id), action: 'storage.remove' });
    if (shown) await removeFileRow(tx, caller.grant, shown.row);
    return { removed: shown !== undefined };
  });
}

async function rowOf(tx: Tx, { grant }: Caller, id: string): Promise<FileRow[]> {
  const row = isId(id) ? await findFile(tx, grant, id) : undefined;
  return row ? [row] : [];
}

interface Question {
  caller: Caller;
  action: 'storage.read' | 'storage.write' | 'storage.remove';
}

/** Files that may be seen now, as the plugin knows them; notes whose they are. */
async function seen(
  tx: Tx,
  access: Access,
  { rows, ...question }: Question & { rows: FileRow[] },
): Promise<{ row: FileRow; file: StoredFile }[]> {
  const { grant, seen: known } = question.caller;
  const about = rows.flatMap(({ subject, purpose }) => (subject && purpose ? [{ subject, purpose }] : []));
  const persons = await visible(tx, access, { ...question, about });
  return rows.flatMap((row) => {
    const { id, name, type, size, createdAt } = row;
    const file = { id, name, type: type as StoredFile['type'], size, createdAt: createdAt.toISOString() };
    if (row.subject === null) return [{ row, file }];
    const person = persons.get(`${row.purpose} ${row.subject}`);
    if (person === undefined) return [];
    const subject = access.pseudonym(grant.municipality, grant.plugin, person);
    known.persons.add(subject);
    for (const element of grantedElementsOf(grant, row.purpose)) known.elements.add(element);
    return [{ row, file: { ...file, subject } }];
  });
}

/** Of the learners, those of whom the plugin may see anything for the purpose of the file; by purpose and kept id. */
async function visible(
  tx: Tx,
  access: Access,
  { caller: { grant, actor, lease }, action, about }: Question & { about: { subject: Id; purpose: string }[] },
): Promise<Map<string, Id>> {
  const merged = await mergedInto(
    tx,
    grant.municipality,
    about.map(({ subject }) => subject),
  );
  const found = new Map<string, Id>();
  for (const [purpose, group] of Map.groupBy(about, (one) => one.purpose)) {
    const elements = grantedElementsOf(grant, purpose);
    if (elements.length === 0) continue;
    const subjects = [...new Set(group.map(({ subject }) => merged.get(subject) ?? subject))];
    const may = await access.visibleSubjects(tx, {
      grant,
      actor,
      purpose,
      elements,
      action,
      subjects,
      ...(lease ? { lease } : {}),
    });
    for (const { subject } of group) {
      const now = merged.get(subject) ?? subject;
      if (may.has(now)) found.set(`${purpose} ${subject}`, now);
    }
  }
  return found;
}
