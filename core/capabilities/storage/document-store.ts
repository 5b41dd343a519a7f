import type { Tx } from '../../db/index.ts';
import type { Id } from '../../kernel/index.ts';

/** The documents of one collection of one plugin in one school. */
export interface Shelf {
  municipality: Id;
  plugin: string;
  school: Id;
  collection: string;
  /** The records are the learners' own: those of all schools of the municipality are on it. New ones come to `school`. */
  learnerOwned?: boolean;
}

export interface StoredDocument {
  id: string;
  /** Where it was written; another school only on a shelf of learners' own records. */
  school: Id;
  subject: Id | null;
  body: Record<string, unknown>;
  updatedAt: Date;
}

export interface NewDocument {
  id: string;
  subject: Id | null;
  purpose: string;
  body: string;
  createdBy: Id;
  at: Date;
}

export interface DocumentFilter {
  subjects?: Id[] | undefined;
  where?: Record<string, unknown> | undefined;
  before?: { at: Date; id: string } | undefined;
  limit: number;
}

const columns = 'id, school_id as school, subject_id as subject, body, updated_at as "updatedAt"';
const place = 'municipality_id = $1 and plugin = $2 and school_id = $3 and collection = $4';

/** Where a shelf reaches, as a name of the statement and SQL: two statements, so that each has the plan of its index. */
function reachOf({ learnerOwned }: Shelf): { reach: string; within: string } {
  if (!learnerOwned) return { reach: 'school', within: place };
  return {
    reach: 'everywhere',
    within: 'municipality_id = $1 and plugin = $2 and $3::uuid is not null and collection = $4',
  };
}

export async function findDocument(tx: Tx, shelf: Shelf, id: string): Promise<StoredDocument | undefined> {
  const { reach, within } = reachOf(shelf);
  const text = `select ${columns} from document where ${within} and id = $5 order by school_id = $3 desc limit 1`;
  const values = [...placeOf(shelf), id];
  const [row] = await tx.query<StoredDocument>({ name: `document-one-${reach}`, text, values });
  return row;
}

const listText = (within: string) => `
  select ${columns} from document
  where ${within} and ($5::uuid[] is null or subject_id = any($5)) and ($6::jsonb is null or body @> $6)
    and ($7::timestamptz is null or (updated_at, id) < ($7, $8))
  order by updated_at desc, id desc limit $9`;

export function listDocuments(tx: Tx, shelf: Shelf, filter: DocumentFilter): Promise<StoredDocument[]> {
  const { subjects, where, before, limit } = filter;
  const equal = where === undefined ? null : JSON.stringify(where);
  const values = [...placeOf(shelf), subjects ?? null, equal, before?.at ?? null, before?.id ?? null, limit];
  const { reach, within } = reachOf(shelf);
  return tx.query({ name: `document-list-${reach}`, text: listText(within), values });
}

const putText = `
  insert into document (municipality_id, plugin, school_id, collection, id, subject_id, purpose, body, bytes, created_by, created_at, updated_at)
  values ($1, $2, $3, $4, $5, $6, $7, $8::jsonb, $9, $10, $11, $11)
  on conflict (municipality_id, plugin, school_id, collection, id)
    do update set subject_id = excluded.subject_id, purpose = excluded.purpose, body = excluded.body,
      bytes = excluded.bytes, updated_at = greatest(excluded.updated_at, document.updated_at + interval '1 millisecond')`;

export async function putDocument(tx: Tx, shelf: Shelf, document: NewDocument): Promise<void> {
  const { id, subject, purpose, body, createdBy, at } = document;
  const values = [...placeOf(shelf), id, subject, purpose, body, Buffer.byteLength(body), createdBy, at];
  await tx.query({ name: 'document-put', text: putText, values });
}

export async function removeDocument(tx: Tx, shelf: Shelf, id: string): Promise<void> {
  await tx.query({
    name: 'document-remove',
    text: `delete from document where ${place} and id = $5`,
    values: [...placeOf(shelf), id],
  });
}

export async function bytesOf(tx: Tx, shelf: Shelf, id: string): Promise<number | undefined> {
  const text = `select bytes from document where ${place} and id = $5`;
  const [row] = await tx.query<{ bytes: number }>({ name: 'document-bytes', text, values: [...placeOf(shelf), id] });
  return row?.bytes;
}

function placeOf({ municipality, plugin, school, collection }: Shelf): string[] {
  return [municipality, plugin, school, collection];
}
