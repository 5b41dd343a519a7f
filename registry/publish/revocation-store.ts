import type { Tx } from '@digione/core/db';

export const strengths = ['warn', 'no-new-enable', 'kill'] as const;
export type Strength = (typeof strengths)[number];

/** A revocation as signed metadata tells of it. */
export interface Revocation {
  id: number;
  strength: Strength;
  reason: string;
  at: string;
}

export interface NewRevocation {
  plugin: string;
  version: string;
  strength: Strength;
  reason: string;
  actor: string;
  at: Date;
}

/** Ids follow each other without a gap: writers wait for each other. */
export async function insertRevocation(
  tx: Tx,
  { plugin, version, strength, reason, actor, at }: NewRevocation,
): Promise<number> {
  await tx.query({ text: `select pg_advisory_xact_lock(hashtext('digione registry revocation'))` });
  const [row] = await tx.query<{ id: number }>({
    text: `insert into revocation (id, plugin, version, strength, reason, actor, at)
           select coalesce(max(id), 0) + 1, $1, $2, $3, $4, $5, $6 from revocation returning id`,
    values: [plugin, version, strength, reason, actor, at],
  });
  return row!.id;
}

export async function newestRevocation(tx: Tx, plugin: string, version: string): Promise<Revocation | undefined> {
  const [row] = await tx.query<Omit<Revocation, 'at'> & { at: Date }>({
    name: 'revocation-newest',
    text: 'select id, strength, reason, at from revocation where plugin = $1 and version = $2 order by id desc limit 1',
    values: [plugin, version],
  });
  return row && { ...row, at: row.at.toISOString() };
}

/** Newest revocation of each version of a plugin that has one. */
export async function revocationsOf(tx: Tx, plugin: string): Promise<Map<string, Revocation>> {
  const rows = await tx.query<Omit<Revocation, 'at'> & { at: Date; version: string }>({
    name: 'revocations-of',
    text: `select distinct on (version) version, id, strength, reason, at from revocation
           where plugin = $1 order by version, id desc`,
    values: [plugin],
  });
  return new Map(rows.map(({ version, at, ...revocation }) => [version, { ...revocation, at: at.toISOString() }]));
}

export function revocationsAfter(
  tx: Tx,
  id: number,
  limit: number,
): Promise<(Revocation & { plugin: string; version: string })[]> {
  return tx.query({
    name: 'revocations-after',
    text: `select id, plugin, version, strength, reason, to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as at
           from revocation where id > $1 order by id limit $2`,
    values: [id, limit],
  });
}
