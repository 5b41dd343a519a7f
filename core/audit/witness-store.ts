import type { Tx } from '../db/index.ts';
import type { Id } from '../kernel/index.ts';

/** The newest tree of a log that was cosigned. */
export interface Witnessed {
  origin: string;
  size: number;
  root: Buffer;
}

/** Locked until the transaction ends, so that nobody has two histories cosigned at once. */
export async function lastWitnessed(tx: Tx, origin: string): Promise<Witnessed | undefined> {
  await tx.query({ text: 'select pg_advisory_xact_lock(hashtext($1))', values: [`digione witness ${origin}`] });
  const [row] = await tx.query<Witnessed>({
    text: 'select origin, size, root from witnessed_log where origin = $1',
    values: [origin],
  });
  return row;
}

export async function witness(tx: Tx, { origin, size, root }: Witnessed, at: Date): Promise<void> {
  await tx.query({
    text: `insert into witnessed_log (origin, size, root, at) values ($1, $2, $3, $4)
      on conflict (origin) do update set size = excluded.size, root = excluded.root, at = excluded.at`,
    values: [origin, size, root, at],
  });
}

export async function writeCosignature(
  tx: Tx,
  municipality: Id,
  { witness: name, size, line, at }: { witness: string; size: number; line: string; at: Date },
): Promise<void> {
  await tx.query({
    text: `insert into audit_cosignature (municipality_id, witness, size, line, at) values ($1, $2, $3, $4, $5)
      on conflict do nothing`,
    values: [municipality, name, size, line, at],
  });
}

/** The size up to which the witness has cosigned, 0 for nothing yet. */
export async function cosignedSize(tx: Tx, municipality: Id, witnessName: string): Promise<number> {
  const [row] = await tx.query<{ size: number }>({
    text: 'select coalesce(max(size), 0) as size from audit_cosignature where municipality_id = $1 and witness = $2',
    values: [municipality, witnessName],
  });
  return row!.size;
}
