import type { Tx } from '../../db/index.ts';
import type { Id } from '../../kernel/index.ts';
import type { Sealed } from '../settings/vault.ts';
import type { ShownCounts, ShownGroup } from './small-cells.ts';

export interface AggregateKey {
  municipality: Id;
  plugin: string;
  school: Id;
  name: string;
  period: string;
}

export interface KeptAggregate extends ShownCounts {
  name: string;
  period: string;
  /** Tells whether the same true counts come again. */
  fingerprint: string;
  /** The true counts; null for what was published before they were kept. */
  truth: Sealed | null;
}

/** Publishers of one plugin in a school take turns, so that each sees what the others have told. */
export async function lockAggregates(tx: Tx, { municipality, plugin, school }: AggregateKey): Promise<void> {
  const text = `select pg_advisory_xact_lock(hashtextextended($1, 8))`;
  await tx.query({ text, values: [`${municipality} ${plugin} ${school}`] });
}

/** What the plugin published in the school for periods of the same year. */
export async function aggregatesOfYear(
  tx: Tx,
  { municipality, plugin, school, period }: AggregateKey,
): Promise<KeptAggregate[]> {
  const text = `select name, period, fingerprint, groups, coalesce(total, '') as total, key_id as "keyId", sealed from published_aggregate
    where municipality_id = $1 and plugin = $2 and school_id = $3 and left(period, 4) = $4 order by published_at limit 2000`;
  const rows = await tx.query<Row>({ text, values: [municipality, plugin, school, period.slice(0, 4)] });
  return rows.map(({ keyId, sealed, ...row }) => ({ ...row, truth: keyId && sealed ? { keyId, sealed } : null }));
}

interface Row {
  name: string;
  period: string;
  fingerprint: string;
  groups: ShownGroup[];
  total: string;
  keyId: string | null;
  sealed: Buffer | null;
}

export async function insertAggregate(
  tx: Tx,
  { municipality, plugin, school }: AggregateKey,
  { name, period, fingerprint, groups, total, truth, at }: KeptAggregate & { truth: Sealed; at: Date },
): Promise<void> {
  const text = `insert into published_aggregate (municipality_id, plugin, school_id, name, period, fingerprint, groups, total, key_id, sealed, published_at)
    values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`;
  const place = [municipality, plugin, school, name, period];
  const shown = [fingerprint, JSON.stringify(groups), total, truth.keyId, truth.sealed, at];
  await tx.query({ text, values: [...place, ...shown] });
}
