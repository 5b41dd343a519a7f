import type { Tx } from '../../db/index.ts';
import type { Id } from '../../kernel/index.ts';
import type { Alarm } from './budgets.ts';

/** Adds to the minute; answers how many rows all nodes have given in it. */
export async function addRows(
  tx: Tx,
  { municipality, plugin, minute, rows }: { municipality: Id; plugin: string; minute: Date; rows: number },
): Promise<number> {
  const [row] = await tx.query<{ rows: number }>({
    name: 'budget-add',
    text: `insert into read_minute (municipality_id, plugin, minute, rows) values ($1, $2, $3, $4)
      on conflict (municipality_id, plugin, minute) do update set rows = read_minute.rows + excluded.rows returning rows`,
    values: [municipality, plugin, minute, rows],
  });
  return Number(row!.rows);
}

/** Fewer minutes than this tell nothing of what is usual. */
const fewestMinutes = 20;

/** Rows of a minute in which the plugin reads at all; undefined while too little is known. */
export async function usualRows(
  tx: Tx,
  { municipality, plugin, before }: { municipality: Id; plugin: string; before: Date },
): Promise<number | undefined> {
  const [row] = await tx.query<{ usual: number | null; minutes: number }>({
    name: 'budget-usual',
    text: `select avg(rows)::float8 as usual, count(*)::int as minutes from (
        select rows from read_minute where municipality_id = $1 and plugin = $2 and minute < $3 order by minute desc limit 1000) m`,
    values: [municipality, plugin, before],
  });
  return row && row.minutes >= fewestMinutes && row.usual !== null ? row.usual : undefined;
}

export interface BudgetRow {
  plugin: string;
  rowsPerMinute: number | null;
  stopOnAlarm: boolean;
}

const columns = 'plugin, rows_per_minute as "rowsPerMinute", stop_on_alarm as "stopOnAlarm"';

export async function budgetOf(tx: Tx, municipality: Id, plugin: string): Promise<BudgetRow | undefined> {
  const text = `select ${columns} from read_budget where municipality_id = $1 and plugin = $2`;
  const [row] = await tx.query<BudgetRow>({ name: 'budget-of', text, values: [municipality, plugin] });
  return row;
}

export function budgetsOf(tx: Tx, municipality: Id): Promise<BudgetRow[]> {
  const text = `select ${columns} from read_budget where municipality_id = $1 order by plugin`;
  return tx.query({ name: 'budgets-of', text, values: [municipality] });
}

export async function setBudget(
  tx: Tx,
  municipality: Id,
  { plugin, rowsPerMinute, stopOnAlarm }: BudgetRow,
): Promise<void> {
  await tx.query({
    name: 'budget-set',
    text: `insert into read_budget (municipality_id, plugin, rows_per_minute, stop_on_alarm) values ($1, $2, $3, $4)
      on conflict (municipality_id, plugin) do update set rows_per_minute = excluded.rows_per_minute, stop_on_alarm = excluded.stop_on_alarm`,
    values: [municipality, plugin, rowsPerMinute, stopOnAlarm],
  });
}

export async function keepAlarm(tx: Tx, alarm: Alarm & { at: Date; stopped: boolean }): Promise<boolean> {
  const { municipality, plugin, kind, at, rows, usual, stopped } = alarm;
  const kept = await tx.query({
    name: 'budget-alarm',
    text: `insert into read_alarm (municipality_id, plugin, kind, hour, at, rows, usual, stopped)
      values ($1, $2, $3, date_trunc('hour', $4::timestamptz), $4, $5, $6, $7) on conflict do nothing returning 1`,
    values: [municipality, plugin, kind, at, rows, usual, stopped],
  });
  return kept.length > 0;
}

export interface AlarmRow {
  plugin: string;
  kind: Alarm['kind'];
  at: Date;
  rows: number;
  usual: number;
  stopped: boolean;
}

export function alarmsOf(tx: Tx, municipality: Id): Promise<AlarmRow[]> {
  return tx.query({
    name: 'budget-alarms',
    text: `select plugin, kind, at, rows, usual, stopped from read_alarm where municipality_id = $1 order by at desc limit 100`,
    values: [municipality],
  });
}

export async function forgetMinutes(tx: Tx, municipality: Id, before: Date): Promise<void> {
  await tx.query({
    text: 'delete from read_minute where municipality_id = $1 and minute < $2',
    values: [municipality, before],
  });
}
