import type { Tx } from '../../db/index.ts';
import { type Id, refuse } from '../../kernel/index.ts';
import type { Shelf } from './document-store.ts';

/** Bounds of one plugin in one school. */
export interface StorageQuota {
  documents: number;
  bytes: number;
  documentBytes: number;
}

export const defaultQuota: StorageQuota = { documents: 100_000, bytes: 200_000_000, documentBytes: 64_000 };

/** Writers of one plugin in one school take turns from here to the end of the transaction. */
export async function lockUsage(tx: Tx, { municipality, plugin, school }: Shelf): Promise<void> {
  const values = [municipality, plugin, school];
  const text =
    'insert into storage_usage (municipality_id, plugin, school_id) values ($1, $2, $3) on conflict do nothing';
  await tx.query({ name: 'usage-start', text, values });
  const lock = 'select 1 from storage_usage where municipality_id = $1 and plugin = $2 and school_id = $3 for update';
  await tx.query({ name: 'usage-lock', text: lock, values });
}

const changeText = `
  update storage_usage set documents = documents + $4, bytes = bytes + $5
  where municipality_id = $1 and plugin = $2 and school_id = $3
    and (($4 <= 0 and $5 <= 0) or (documents + $4 <= $6 and bytes + $5 <= $7))
  returning 1`;

export async function changeUsage(
  tx: Tx,
  { municipality, plugin, school }: Shelf,
  { documents, bytes, quota }: { documents: number; bytes: number; quota: StorageQuota },
): Promise<void> {
  const values = [municipality, plugin, school, documents, bytes, quota.documents, quota.bytes];
  const changed = await tx.query({ name: 'usage-change', text: changeText, values });
  if (changed.length === 0)
    refuse('quota-exceeded', `The storage of ${plugin} in this school is full. Remove records first.`);
}

/** What a plugin keeps, school by school. */
export function usageOf(
  tx: Tx,
  municipality: Id,
  plugin: string,
): Promise<{ school: Id; documents: number; bytes: number }[]> {
  const text = `
    select school_id as school, documents::int as documents, bytes::float8 as bytes from storage_usage
    where municipality_id = $1 and plugin = $2`;
  return tx.query({ name: 'usage-of', text, values: [municipality, plugin] });
}
