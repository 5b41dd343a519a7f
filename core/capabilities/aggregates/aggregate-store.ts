import type { Tx } from '../../db/index.ts';
import type { Id } from '../../kernel/index.ts';
import type { ShownGroup } from './small-cells.ts';

export interface AggregateKey {
  municipality: Id;
  plugin: string;
  school: Id;
  name: string;
  period: string;
}

const keyText = 'municipality_id = $1 and plugin = $2 and school_id = $3 and name = $4 and period = $5';

export interface KeptAggregate {
  /** Tells whether the same true counts come again, without keeping them. */
  fingerprint: string;
  groups: ShownGroup[];
}

export async function findAggregate(tx: Tx, key: AggregateKey): Promise<KeptAggregate | undefined> {
  const text = `select fingerprint, groups from published_aggregate where ${keyText} for update`;
  const [row] = await tx.query<KeptAggregate>({ text, values: valuesOf(key) });
  return row;
}

/** False when another publish of the same name and period came first. */
export async function insertAggregate(
  tx: Tx,
  key: AggregateKey,
  { fingerprint, groups, at }: KeptAggregate & { at: Date },
): Promise<boolean> {
  const text = `insert into published_aggregate (municipality_id, plugin, school_id, name, period, fingerprint, groups, published_at)
    values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict do nothing returning 1`;
  const inserted = await tx.query({ text, values: [...valuesOf(key), fingerprint, JSON.stringify(groups), at] });
  return inserted.length > 0;
}

function valuesOf({ municipality, plugin, school, name, period }: AggregateKey): string[] {
  return [municipality, plugin, school, name, period];
}
