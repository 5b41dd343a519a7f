import type { BulkTx } from '../../db/index.ts';
import { columnsOf, type LoadedFile } from './bundle-files.ts';
import { adoptOwnIds } from './adopt-ids.ts';
import { lineIds } from './line-ids.ts';
import { loadFresh, type FreshLoad } from './load-fresh.ts';
import type { Counts, Import, MergePlan, Reference } from './merge-plan.ts';
import { analyzeStage, stageTable } from './stage-file.ts';

const mergeTable = (plan: MergePlan): string => `merge_${plan.table}`;

/**
 * Resolves ids and references of a staged file into `merge_<table>`: one row for each row that will be written. After a
 * fresh load only what that left out is looked at.
 */
export async function resolveFile(work: Import, plan: MergePlan, { afterFresh = false } = {}): Promise<string> {
  await analyzeStage(work.tx, plan.file);
  await rejectDuplicates(work, plan.file);
  await adoptOwnIds(work, plan);
  const references = plan.references.map(
    ({ table, from, to }) =>
      `left join ${table} ref_${to} on ref_${to}.municipality_id = $1 and ref_${to}.source_id = s."${from}"`,
  );
  const resolved = plan.references.map(({ from, to }) => `ref_${to}.id as "${to}", s."${from}" as "from_${to}"`);
  const columns = Object.entries(plan.columns).map(([name, expression]) => `${expression} as "${name}"`);
  await work.tx.query({
    text: `create temporary table ${mergeTable(plan)} on commit drop as
      select s.line, s.sourced_id as source_id, coalesce(t.id, ${lineIds(work.clock)('s.line')}) as id, t.id is null as is_new,
        ${[...resolved, ...columns].join(', ')}
      from ${stageTable(plan.file)} s
      left join ${plan.table} t on t.municipality_id = $1 and t.source_id = s.sourced_id
      ${references.join('\n')} ${plan.joins ?? ''}
      where not s.bad and s.status is distinct from 'tobedeleted' ${afterFresh ? 'and t.id is null' : ''}`,
    values: [work.municipality],
  });
  for (const reference of plan.references) await reportUnknown(work, plan, reference);
  return mergeTable(plan);
}

/** The first row of an id counts. */
export async function rejectDuplicates({ tx, problems }: Import, file: LoadedFile): Promise<void> {
  const repeated = await tx.query<{ line: number; sourced_id: string }>({
    text: `update ${stageTable(file)} s set bad = true
      from (select sourced_id, min(line) as first from ${stageTable(file)} group by sourced_id having count(*) > 1) d
      where s.sourced_id = d.sourced_id and s.line > d.first and not s.bad returning s.line, s.sourced_id`,
  });
  for (const { line, sourced_id: value } of repeated) {
    problems.add({
      file: `${file}.csv`,
      line,
      column: 'sourcedId',
      value,
      reason: 'duplicate-id',
      action: 'row-left-out',
    });
  }
}

async function reportUnknown({ tx, problems }: Import, plan: MergePlan, reference: Reference): Promise<void> {
  const { to, from, required } = reference;
  const unknown = `"${to}" is null and "from_${to}" is not null`;
  const rows = await tx.query<{ line: number; value: string }>({
    text: required
      ? `delete from ${mergeTable(plan)} where "${to}" is null returning line, coalesce("from_${to}", '') as value`
      : `select line, "from_${to}" as value from ${mergeTable(plan)} where ${unknown}`,
  });
  const column = Object.entries(columnsOf(plan.file)).find(([, { as }]) => as === from)![0];
  const action = required ? 'row-left-out' : 'value-left-out';
  for (const { line, value } of rows) {
    problems.add({ file: `${plan.file}.csv`, line, column, value, reason: 'unknown-reference', action });
  }
}

/** Writes `merge_<table>` into the table: new rows in, changed rows over; what is the same is left alone. */
export async function writeMerged(
  { tx, municipality }: Import,
  plan: MergePlan,
): Promise<{ added: number; changed: number }> {
  const names = [...plan.references.map(({ to }) => to), ...Object.keys(plan.columns)].map((name) => `"${name}"`);
  const from = mergeTable(plan);
  const changed = await tx.write({
    text: `update ${plan.table} t set ${names.map((name) => `${name} = m.${name}`).join(', ')} from ${from} m
      where t.municipality_id = $1 and t.id = m.id and not m.is_new
        and (${names.map((name) => `t.${name}`).join(', ')}) is distinct from (${names.map((name) => `m.${name}`).join(', ')})`,
    values: [municipality],
  });
  const added = await tx.write({
    text: `insert into ${plan.table} (municipality_id, id, source_id, ${names.join(', ')})
      select $1, id, source_id, ${names.join(', ')} from ${from} where is_new`,
    values: [municipality],
  });
  return { added, changed };
}

/** Runs a statement that returns rows and tells how many, without fetching them. */
export async function countOf(tx: BulkTx, { text, values }: { text: string; values: unknown[] }): Promise<number> {
  const [row] = await tx.query<{ n: number }>({
    text: `with touched as (${text}) select count(*)::int as n from touched`,
    values,
  });
  return row!.n;
}

/** SQL over `t`: the roster says that the row is gone, by leaving it out of a whole bulk file or by `tobedeleted`. */
export function goneFrom(work: Import, file: LoadedFile): string {
  const { mode } = work.staged.get(file)!;
  const listed = (what: string): string =>
    `exists (select from ${stageTable(file)} s where s.sourced_id = t.source_id and ${what})`;
  if (mode === 'delta') return listed(`s.status = 'tobedeleted' and not s.bad`);
  return `not ${listed(`(s.bad or s.status is distinct from 'tobedeleted')`)}`;
}

/** Merges a table whose rows are marked, not ended, when the roster drops them. */
export async function mergeMarked(work: Import, plan: MergePlan): Promise<Counts> {
  const fresh = await loadFresh(work, plan);
  return fresh ? { ...nothing, added: await loadRest(work, plan, fresh) } : mergeIntoStanding(work, plan);
}

const nothing: Counts = { added: 0, changed: 0, removed: 0, before: 0 };

export async function mergeIntoStanding(work: Import, plan: MergePlan): Promise<Counts> {
  const { tx, municipality } = work;
  const before = await countOf(tx, {
    text: `select 1 from ${plan.table} where municipality_id = $1 and source_id is not null and status = 'active'`,
    values: [municipality],
  });
  await resolveFile(work, plan);
  const written = await writeMerged(work, plan);
  const removed = await tx.write({
    text: `update ${plan.table} t set status = 'tobedeleted'
      where t.municipality_id = $1 and t.source_id is not null and t.status <> 'tobedeleted' and ${goneFrom(work, plan.file)}`,
    values: [municipality],
  });
  return { ...written, removed, before };
}

/** After a fresh load: the rows that it left out, each with its reason. Tells how many there are in all. */
async function loadRest(work: Import, plan: MergePlan, fresh: FreshLoad): Promise<number> {
  if (fresh.complete) return fresh.added;
  await resolveFile(work, plan, { afterFresh: true });
  return fresh.added + (await writeMerged(work, plan)).added;
}
