import type { Tx } from '../db/index.ts';
import type { Id } from '../kernel/index.ts';
import { seededTables, type SeededTable, type TownRows } from './town-rows.ts';

/** Inserts a municipality's rows, one statement for each table: INSERT … SELECT unnest is the fastest that row-level security allows. */
export async function loadRows(tx: Tx, municipality: Id, rows: TownRows): Promise<void> {
  for (const table of Object.keys(seededTables) as SeededTable[]) {
    if (rows[table].length > 0) await tx.query(insertion(table, municipality, rows[table]));
  }
}

function insertion(table: SeededTable, municipality: Id, rows: readonly object[]): { text: string; values: unknown[] } {
  const columns = Object.entries<string>(seededTables[table]);
  const names = columns.map(([name]) => `"${name}"`).join(', ');
  const arrays = columns.map(([, type], index) => `$${index + 2}::${type}[]`).join(', ');
  return {
    text: `insert into ${table} (municipality_id, ${names}) select $1::uuid, * from unnest(${arrays})`,
    values: [municipality, ...columns.map(([name]) => rows.map((row) => (row as Record<string, unknown>)[name]))],
  };
}
