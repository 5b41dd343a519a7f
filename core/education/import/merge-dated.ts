import type { LoadedFile } from './bundle-files.ts';
import { loadFresh } from './load-fresh.ts';
import type { Counts, Import, MergePlan } from './merge-plan.ts';
import { countOf, goneFrom, resolveFile, writeMerged } from './merge-table.ts';
import { stageTable } from './stage-file.ts';

/** Roles and enrolments: rows with dates, which end instead of disappearing. */
export interface DatedPlan extends MergePlan {
  file: 'roles' | 'enrollments';
  /** Columns that make it another role or another membership when they change: the old one ends, a new one begins. */
  identity: readonly string[];
}

const period = (start: string): Record<string, string> => ({
  valid_from: `coalesce(s.begin_date, t.valid_from, ${start})`,
  valid_to: 's.end_date',
});

const endsLater = ({ valid_from, valid_to }: Record<string, string>): string =>
  `(${valid_to} is null or ${valid_to} > ${valid_from})`;

export function datedPlans(today: string): { roles: DatedPlan; enrollments: DatedPlan } {
  const day = `date '${today}'`;
  return {
    roles: {
      file: 'roles',
      table: 'role',
      identity: ['person_id', 'org_id', 'role'],
      references: [
        { from: 'person', table: 'person', to: 'person_id', required: true },
        { from: 'org', table: 'org', to: 'org_id', required: true },
      ],
      columns: { role: 's.role', ...period(day) },
      sound: [endsLater(period(day))],
    },
    enrollments: {
      file: 'enrollments',
      table: 'enrollment',
      identity: ['person_id', 'class_id', 'role'],
      references: [
        { from: 'person', table: 'person', to: 'person_id', required: true },
        { from: 'class', table: 'class', to: 'class_id', required: true },
        { from: 'school', table: 'org', to: 'school_id', required: true },
      ],
      columns: {
        role: 's.role',
        primary: 'coalesce(s.is_primary, false)',
        ...period(`least(session.start_date, ${day})`),
      },
      sound: [endsLater(period(`least(session.start_date, ${day})`))],
      joins: `left join academic_session session on session.municipality_id = $1 and session.id = ref_class_id.session_id`,
    },
  };
}

/** Rows that must not be written before somebody confirms them. */
export interface Hold {
  /** SQL over the staged row: it may have to wait. */
  mayWait: string;
  /** Takes such rows out of the resolved ones. */
  takeOut: () => Promise<void>;
}

export async function mergeDated(work: Import, plan: DatedPlan, hold?: Hold): Promise<Counts> {
  await leaveOutUnusable(work, plan.file);
  const sound = [...(plan.sound ?? []), ...(hold ? [`not (${hold.mayWait})`] : [])];
  const fresh = await loadFresh(work, { ...plan, sound });
  if (!fresh) return mergeIntoStanding(work, plan, hold);
  let { added } = fresh;
  if (!fresh.complete) {
    const resolved = await resolveFile(work, plan, { afterFresh: true });
    await leaveOutBackwards(work, plan, resolved);
    await hold?.takeOut();
    added += (await writeMerged(work, plan)).added;
  }
  return { added, changed: 0, removed: 0, before: 0 };
}

async function mergeIntoStanding(work: Import, plan: DatedPlan, hold?: Hold): Promise<Counts> {
  const { tx, municipality, today } = work;
  const open = `t.municipality_id = $1 and t.source_id is not null and (t.valid_to is null or t.valid_to > $2::date)`;
  const values = [municipality, today];
  const before = await countOf(tx, { text: `select 1 from ${plan.table} t where ${open}`, values });
  const resolved = await resolveFile(work, plan);
  await leaveOutBackwards(work, plan, resolved);
  await beginAnew(work, plan, resolved);
  await hold?.takeOut();
  const written = await writeMerged(work, plan);
  const gone = `${open} and ${goneFrom(work, plan.file)}`;
  const unbegun = await tx.write({
    text: `delete from ${plan.table} t where ${gone} and t.valid_from >= $2::date`,
    values,
  });
  const ended = await tx.write({ text: `update ${plan.table} t set valid_to = $2::date where ${gone}`, values });
  return { ...written, removed: unbegun + ended, before };
}

/** OneRoster knows proctors and administrators of a class; the platform has no use for them there. */
async function leaveOutUnusable({ tx, problems }: Import, file: LoadedFile): Promise<void> {
  if (file !== 'enrollments') return;
  const rows = await tx.query<{ line: number; value: string }>({
    text: `update ${stageTable(file)} set bad = true where not bad and role not in ('student', 'teacher') returning line, role as value`,
  });
  for (const row of rows) {
    problems.add({ file: 'enrollments.csv', column: 'role', ...row, reason: 'not-kept', action: 'row-left-out' });
  }
}

async function leaveOutBackwards({ tx, problems }: Import, { file }: DatedPlan, resolved: string): Promise<void> {
  const rows = await tx.query<{ line: number; value: string }>({
    text: `delete from ${resolved} where valid_to <= valid_from returning line, valid_to::text as value`,
  });
  for (const row of rows) {
    problems.add({
      file: `${file}.csv`,
      column: 'endDate',
      ...row,
      reason: 'ends-before-start',
      action: 'row-left-out',
    });
  }
}

/** The same sourcedId for another person, class or school: history keeps the old row, ended, and a new one takes the sourcedId. */
async function beginAnew(
  { tx, municipality, today }: Import,
  { table, identity }: DatedPlan,
  resolved: string,
): Promise<void> {
  const differs = identity.map((name) => `t."${name}" <> m."${name}"`).join(' or ');
  const other = `t.municipality_id = $1 and t.id = m.id and not m.is_new and (${differs})`;
  await tx.query({
    text: `with renewed as (
        update ${table} t set source_id = null, valid_to = least(coalesce(t.valid_to, $2::date), $2::date)
        from ${resolved} m where ${other} and t.valid_from < $2::date returning m.line),
      replaced as (delete from ${table} t using ${resolved} m where ${other} and t.valid_from >= $2::date returning m.line)
      update ${resolved} m set id = new_id(), is_new = true, valid_from = greatest(m.valid_from, $2::date)
      where m.line in (select line from renewed union all select line from replaced)`,
    values: [municipality, today],
  });
  await tx.query({ text: `delete from ${resolved} where is_new and valid_to <= valid_from` });
}
