import type { ArgumentOf, Capabilities, ResultOf } from '@digione/sdk/capabilities';
import type { SubjectQuestion } from '../../access/index.ts';
import type { Tx } from '../../db/index.ts';
import { refuse } from '../../kernel/index.ts';
import type { Caller } from '../caller.ts';
import { type DocumentFilter, findDocument, listDocuments, type StoredDocument } from './document-store.ts';
import type { StorageDeps } from './storage-deps.ts';
import { type OpenCollection, openCollection } from './storage-scope.ts';

type Get = Capabilities['storage.get'];
type List = Capabilities['storage.list'];
type Allowed = Capabilities['storage.allowed'];
type StoredRecord = ResultOf<List>['records'][number];

const pageSize = 100;
/** Rounds of reading until a page is full: what is hidden must not show as a shorter page, nor make a list endless. */
const mostRounds = 20;

/** One record; null when there is none, and in the same way when it may not be seen now. */
export async function get(
  { database, access }: StorageDeps,
  caller: Caller,
  { collection, id }: ArgumentOf<Get>,
): Promise<ResultOf<Get>> {
  const open = openCollection(access, caller, collection);
  return database.inTenant(caller.grant.municipality, async (tx) => {
    const document = await findDocument(tx, open.shelf, id);
    const visible = document !== undefined && (await isVisible(tx, open, document, 'storage.read'));
    noteSeen(caller, visible ? [document] : [], open);
    return { record: visible ? recordOf(open, document) : null };
  });
}

/**
 * Records of a collection, newest first, without those about learners whom a rule hides now. Ids that are none, or of
 * nobody, find nothing; they are no error, which would tell that they are none.
 */
export async function list(
  { database, access }: StorageDeps,
  caller: Caller,
  argument: ArgumentOf<List>,
): Promise<ResultOf<List>> {
  const open = openCollection(access, caller, argument.collection);
  const { limit = pageSize } = argument;
  const narrowed = { where: whereOf(open, argument.where), limit: limit + 1 };
  return database.inTenant(
    caller.grant.municipality,
    async (tx) => {
      const subjects = argument.subjects && [...(await open.persons(tx, argument.subjects)).values()];
      const found = await visiblePage(tx, open, { ...narrowed, subjects, before: positionOf(argument.cursor) });
      const page = found.slice(0, limit);
      noteSeen(caller, page, open);
      const last = page.at(-1);
      const next = found.length > limit && last ? { next: cursorAfter(last) } : {};
      return { records: page.map((document) => recordOf(open, document)), ...next };
    },
    { isolation: 'repeatable read' },
  );
}

/** Of the given learners, those about whom the collection may hold records now. */
export async function allowed(
  { database, access }: StorageDeps,
  caller: Caller,
  { collection, subjects }: ArgumentOf<Allowed>,
): Promise<ResultOf<Allowed>> {
  const open = openCollection(access, caller, collection);
  return database.inTenant(caller.grant.municipality, async (tx) => {
    const persons = await open.persons(tx, subjects);
    const may = await open.allowed(tx, [...persons.values()], 'storage.allowed');
    return { subjects: [...persons].flatMap(([subject, person]) => (may.has(person) ? [subject] : [])) };
  });
}

export async function isVisible(
  tx: Tx,
  open: OpenCollection,
  { subject }: StoredDocument,
  action: SubjectQuestion['action'],
): Promise<boolean> {
  return subject === null || (await open.allowed(tx, [subject], action)).has(subject);
}

async function visiblePage(tx: Tx, open: OpenCollection, filter: DocumentFilter): Promise<StoredDocument[]> {
  const found: StoredDocument[] = [];
  let before = filter.before;
  for (let round = 0; round < mostRounds && found.length < filter.limit; round += 1) {
    const batch = await listDocuments(tx, open.shelf, { ...filter, before });
    const persons = batch.flatMap(({ subject }) => subject ?? []);
    const may = await open.allowed(tx, persons, 'storage.read');
    found.push(...batch.filter(({ subject }) => subject === null || may.has(subject)));
    const last = batch.at(-1);
    if (!last || batch.length < filter.limit) break;
    before = { at: last.updatedAt, id: last.id };
  }
  return found.slice(0, filter.limit);
}

function whereOf(
  { collection }: OpenCollection,
  where: Record<string, unknown> | undefined,
): Record<string, unknown> | undefined {
  for (const field of Object.keys(where ?? {})) {
    if (collection.indexes?.includes(field)) continue;
    refuse(
      'invalid-argument',
      `"${collection.name}" declares no index on "${field}". Add it to the collection in digione.json.`,
    );
  }
  return where;
}

function recordOf(open: OpenCollection, { id, subject, body, updatedAt }: StoredDocument): StoredRecord {
  const about = subject === null ? {} : { subject: open.pairwise(subject) };
  return { id, ...about, value: body, updatedAt: updatedAt.toISOString() };
}

/** Also a record about nobody may hold what was written from somebody's data. */
function noteSeen({ seen }: Caller, documents: StoredDocument[], open: OpenCollection): void {
  if (documents.length > 0) seen.elements.add(`storage.${open.collection.name}`);
  for (const { subject } of documents) if (subject !== null) seen.persons.add(open.pairwise(subject));
}

function cursorAfter({ updatedAt, id }: StoredDocument): string {
  return Buffer.from(JSON.stringify([updatedAt.getTime(), id])).toString('base64url');
}

function positionOf(cursor: string | undefined): { at: Date; id: string } | undefined {
  if (cursor === undefined) return undefined;
  const [at, id] = parsePosition(cursor);
  if (!Number.isSafeInteger(at) || typeof id !== 'string')
    refuse('invalid-argument', 'The cursor is none that this list gave.');
  return { at: new Date(at as number), id };
}

function parsePosition(cursor: string): unknown[] {
  try {
    const position: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
    return Array.isArray(position) ? position : [];
  } catch {
    return []; // refused by the caller together with every other malformed cursor
  }
}
