import type { Tx } from '../../db/index.ts';
import type { Id } from '../../kernel/index.ts';

export interface FilePlace {
  municipality: Id;
  plugin: string;
  school: Id;
}

export interface FileRow {
  id: Id;
  name: string;
  type: string;
  size: number;
  sha256: string;
  subject: Id | null;
  purpose: string | null;
  createdAt: Date;
}

const place = 'municipality_id = $1 and plugin = $2 and school_id = $3';
const columns = 'id, name, type, size, sha256, subject_id as subject, purpose, created_at as "createdAt"';

/** Writers of one municipality take turns: a content that goes with its last file must not get a new file meanwhile. */
export async function lockFiles(tx: Tx, municipality: Id): Promise<void> {
  const text = 'select pg_advisory_xact_lock(hashtextextended($1, 11))';
  await tx.query({ text, values: [municipality] });
}

export async function filesKept(tx: Tx, at: FilePlace): Promise<{ files: number; bytes: number }> {
  const text = `select count(*)::int as files, coalesce(sum(size), 0)::float8 as bytes from plugin_file where ${place}`;
  const [row] = await tx.query<{ files: number; bytes: number }>({ text, values: valuesOf(at) });
  return row ?? { files: 0, bytes: 0 };
}

export async function insertFile(
  tx: Tx,
  at: FilePlace,
  { bytes, createdBy, ...file }: FileRow & { bytes: Buffer; createdBy: Id },
): Promise<void> {
  await tx.query({
    text: 'insert into file_content (municipality_id, sha256, bytes) values ($1, $2, $3) on conflict do nothing',
    values: [at.municipality, file.sha256, bytes],
  });
  const { id, name, type, size, sha256, subject, purpose, createdAt } = file;
  await tx.query({
    text: `insert into plugin_file (municipality_id, plugin, school_id, id, name, type, size, sha256, subject_id, purpose, created_by,
        created_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
    values: [...valuesOf(at), id, name, type, size, sha256, subject, purpose, createdBy, createdAt],
  });
}

export async function findFile(tx: Tx, at: FilePlace, id: Id): Promise<FileRow | undefined> {
  const text = `select ${columns} from plugin_file where ${place} and id = $4`;
  const [row] = await tx.query<FileRow>({ text, values: [...valuesOf(at), id] });
  return row;
}

export async function contentOf(tx: Tx, municipality: Id, sha256: string): Promise<Buffer | undefined> {
  const text = 'select bytes from file_content where municipality_id = $1 and sha256 = $2';
  const [row] = await tx.query<{ bytes: Buffer }>({ text, values: [municipality, sha256] });
  return row?.bytes;
}

export function newestFiles(tx: Tx, at: FilePlace, most: number): Promise<FileRow[]> {
  const text = `select ${columns} from plugin_file where ${place} order by created_at desc, id desc limit $4`;
  return tx.query({ text, values: [...valuesOf(at), most] });
}

export async function removeFileRow(
  tx: Tx,
  at: FilePlace,
  { id, sha256 }: Pick<FileRow, 'id' | 'sha256'>,
): Promise<void> {
  await tx.query({ text: `delete from plugin_file where ${place} and id = $4`, values: [...valuesOf(at), id] });
  const text = `delete from file_content c where c.municipality_id = $1 and c.sha256 = $2
    and not exists (select from plugin_file f where f.municipality_id = $1 and f.sha256 = $2)`;
  await tx.query({ text, values: [at.municipality, sha256] });
}

function valuesOf({ municipality, plugin, school }: FilePlace): string[] {
  return [municipality, plugin, school];
}
