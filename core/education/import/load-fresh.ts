import type { Query } from '../../db/index.ts';
import { adoptOwnIds } from './adopt-ids.ts';
import { lineIds } from './line-ids.ts';
import { stageTable } from './stage-file.ts';
import type { Import, MergePlan } from './merge-plan.ts';

const uniqueViolation = '23505';

export interface FreshLoad {
  added: number;
  /** Nothing of the file is left to look at. */
  complete: boolean;
}

/**
 * A municipality's first roster has nothing to be compared with: sound rows go into the table by one statement. Undefined
 * when the table holds rows of a roster already, or the file repeats what must be unique; what was left out is looked at
 * row by row, like the rows of any later load.
 */
export async function loadFresh(work: Import, plan: MergePlan): Promise<FreshLoad | undefined> {
  if (await hasRoster(work, plan)) return undefined;
  const { tx, municipality } = work;
  const added = await unlessTaken(work, { text: insertion(plan, lineIds(work.clock)), values: [municipality] });
  if (added === undefined) return undefined;
  const [staged] = await tx.query<{ n: number }>({
    text: `select count(*)::int as n from ${stageTable(plan.file)} s where ${isSound}`,
  });
  return { added, complete: staged!.n === added };
}

const isSound = `not s.bad and s.status is distinct from 'tobedeleted'`;

async function hasRoster(work: Import, plan: MergePlan): Promise<boolean> {
  const before = await standing(work, plan.table);
  if (before.own && !before.roster) await adoptOwnIds(work, plan);
  return before.own ? (await standing(work, plan.table)).roster : before.roster;
}

/** Whether there are rows of a roster, and whether there are others. */
async function standing({ tx, municipality }: Import, table: string): Promise<{ roster: boolean; own: boolean }> {
  const some = (what: string): string =>
    `exists (select from ${table} where municipality_id = $1 and source_id ${what})`;
  const [found] = await tx.query<{ roster: boolean; own: boolean }>({
    text: `select ${some('is not null')} as roster, ${some('is null')} as own`,
    values: [municipality],
  });
  return found!;
}

/** The columns of `t`, the row in the table, are all null: there is none. */
function insertion(plan: MergePlan, idOf: (line: string) => string): string {
  const { file, table, references, columns, joins = '', sound = [] } = plan;
  const names = [...references.map(({ to }) => to), ...Object.keys(columns)].map((name) => `"${name}"`);
  const values = [...references.map(({ to }) => `ref_${to}.id`), ...Object.values(columns)];
  const parents = references.map(
    ({ table: parent, from, to, required }) =>
      `${required ? 'join' : 'left join'} ${parent} ref_${to} on ref_${to}.municipality_id = $1 and ref_${to}.source_id = s."${from}"`,
  );
  const known = references
    .filter(({ required }) => !required)
    .map(({ from, to }) => `(s."${from}" is null or ref_${to}.id is not null)`);
  return `insert into ${table} (municipality_id, id, source_id, ${names.join(', ')})
    select $1, ${idOf('s.line')}, s.sourced_id, ${values.join(', ')}
    from ${stageTable(file)} s left join ${table} t on false ${parents.join('\n')} ${joins}
    where ${[isSound, ...known, ...sound].join(' and ')}`;
}

/** Rows written, or undefined when one of them was there already: then nothing is. */
export async function unlessTaken({ tx }: Pick<Import, 'tx'>, statement: Query): Promise<number | undefined> {
  await tx.query({ text: 'savepoint unless_taken' });
  try {
    const written = await tx.write(statement);
    await tx.query({ text: 'release savepoint unless_taken' });
    return written;
  } catch (error) {
    if ((error as { code?: string }).code !== uniqueViolation) throw error;
    await tx.query({ text: 'rollback to savepoint unless_taken' });
    return undefined;
  }
}
