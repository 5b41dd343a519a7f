import type { Tx } from '../db/index.ts';
import type { Id } from '../kernel/index.ts';
import type { FigureDelta } from '../sandbox/index.ts';

/** One sum of a version, over some days. */
export interface FigureSum {
  version: string;
  figure: string;
  amount: number;
}

export interface SchoolFigureSum extends FigureSum {
  school: Id;
}

/** Adds to the day's sums of one municipality. */
export async function addSchoolFigures(tx: Tx, municipality: Id, day: string, deltas: FigureDelta[]): Promise<void> {
  const text = `
    insert into plugin_figure as known (municipality_id, plugin, version, school_id, day, figure, amount)
    select $1, plugin, version, school, $5::date, figure, amount
    from unnest($2::text[], $3::text[], $4::uuid[], $6::text[], $7::float8[]) as fresh (plugin, version, school, figure, amount)
    order by plugin, version, school, figure
    on conflict (municipality_id, plugin, version, school_id, day, figure) do update set amount = known.amount + excluded.amount`;
  const rows = rowsOf(deltas);
  const of = (name: 'plugin' | 'version' | 'school') => rows.map(({ delta }) => delta[name]);
  const sums = [rows.map(({ figure }) => figure), rows.map(({ amount }) => amount)];
  await tx.query({ text, values: [municipality, of('plugin'), of('version'), of('school'), day, ...sums] });
}

/** Adds to the day's sums over all municipalities. Rows are taken in one order, so that nodes do not lock each other out. */
export async function addTotalFigures(tx: Tx, day: string, deltas: FigureDelta[]): Promise<void> {
  const text = `
    insert into plugin_figure_total as known (plugin, version, day, figure, amount)
    select plugin, version, $3::date, figure, sum(amount)
    from unnest($1::text[], $2::text[], $4::text[], $5::float8[]) as fresh (plugin, version, figure, amount)
    group by 1, 2, 4 order by 1, 2, 4
    on conflict (plugin, version, day, figure) do update set amount = known.amount + excluded.amount`;
  const rows = rowsOf(deltas);
  const of = (name: 'plugin' | 'version') => rows.map(({ delta }) => delta[name]);
  const sums = [rows.map(({ figure }) => figure), rows.map(({ amount }) => amount)];
  await tx.query({ text, values: [of('plugin'), of('version'), day, ...sums] });
}

export function readSchoolFigures(
  tx: Tx,
  municipality: Id,
  { plugin, since }: { plugin: string; since: string },
): Promise<SchoolFigureSum[]> {
  const text = `
    select school_id as school, version, figure, sum(amount)::float8 as amount from plugin_figure
    where municipality_id = $1 and plugin = $2 and day >= $3 group by 1, 2, 3`;
  return tx.query<SchoolFigureSum>({ text, values: [municipality, plugin, since] });
}

export function readTotalFigures(tx: Tx, { plugin, since }: { plugin: string; since: string }): Promise<FigureSum[]> {
  const text = `
    select version, figure, sum(amount)::float8 as amount from plugin_figure_total
    where plugin = $1 and day >= $2 group by 1, 2`;
  return tx.query<FigureSum>({ text, values: [plugin, since] });
}

/** Old days go: what is asked is never older. */
export async function dropFigures(tx: Tx, municipality: Id, before: string): Promise<void> {
  await tx.query({
    text: 'delete from plugin_figure where municipality_id = $1 and day < $2',
    values: [municipality, before],
  });
}

function rowsOf(deltas: FigureDelta[]): { delta: FigureDelta; figure: string; amount: number }[] {
  return deltas.flatMap((delta) => Object.entries(delta.sums).map(([figure, amount]) => ({ delta, figure, amount })));
}
