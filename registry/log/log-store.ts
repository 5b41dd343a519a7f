import type { Database, Tx } from '@digione/core/db';
import { canonicalJson, leafHash } from '@digione/core/kernel';

/** What the log tells about. */
export type LogKind =
  | 'key-added'
  | 'key-revoked'
  | 'vendor-created'
  | 'vendor-suspended'
  | 'release-uploaded'
  | 'release-state'
  | 'release-revoked';

export interface LogEntry {
  kind: LogKind;
  at: Date;
  /** Public facts, never a person's name. */
  facts: Record<string, unknown>;
}

export interface StoredEntry {
  index: number;
  kind: string;
  body: string;
}

/** Appends within the caller's transaction. Writers queue on the lock, so that indexes have no gap. */
export async function appendToLog(tx: Tx, { kind, at, facts }: LogEntry): Promise<number> {
  await tx.query({ text: `select pg_advisory_xact_lock(hashtext('digione registry log'))` });
  const body = canonicalJson({ kind, at: at.toISOString(), ...facts });
  const [row] = await tx.query<{ index: number }>({
    name: 'log-append',
    text: `insert into log_entry (index, kind, body, leaf_hash, at)
           select coalesce(max(index) + 1, 0), $1, $2, $3, $4 from log_entry returning index`,
    values: [kind, body, leafHash(Buffer.from(body)), at],
  });
  return row!.index;
}

/** Leaf hashes from an index on, in order. */
export async function leafHashesFrom(database: Database, index: number): Promise<Buffer[]> {
  const rows = await database.global((tx) =>
    tx.query<{ leaf_hash: Buffer }>({
      name: 'log-leaves',
      text: 'select leaf_hash from log_entry where index >= $1 order by index',
      values: [index],
    }),
  );
  return rows.map((row) => row.leaf_hash);
}

export function entriesFrom(database: Database, index: number, limit: number): Promise<StoredEntry[]> {
  return database.global((tx) =>
    tx.query<StoredEntry>({
      name: 'log-entries',
      text: 'select index, kind, body from log_entry where index >= $1 order by index limit $2',
      values: [index, limit],
    }),
  );
}
