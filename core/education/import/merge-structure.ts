import type { LoadedFile } from './bundle-files.ts';
import { keepUniqueValues } from './unique-values.ts';
import type { Counts, Import, MergePlan, Reference } from './merge-plan.ts';
import { mergeMarked } from './merge-table.ts';

/** Merge plans of everything that is not a person: orgs, sessions, courses, classes and the gradebook. */

const needs = (from: string, table: string, to: string): Reference => ({ from, table, to, required: true });
const may = (from: string, table: string, to: string): Reference => ({ from, table, to, required: false });

const active = `'active'`;

const plans: Partial<Record<LoadedFile, MergePlan>> = {
  orgs: {
    file: 'orgs',
    table: 'org',
    references: [],
    columns: {
      name: 's.name',
      // The platform knows schools and what is above them.
      type: `case when s.type = 'school' then 'school' else 'district' end`,
      oid: 's.identifier',
      school_type: 'coalesce(s.school_type, t.school_type)',
      status: active,
    },
  },
  academicSessions: {
    file: 'academicSessions',
    table: 'academic_session',
    references: [],
    columns: {
      title: 's.title',
      type: 's.type',
      start_date: 's.start_date',
      end_date: 's.end_date',
      school_year: 's.school_year::smallint',
      status: active,
    },
  },
  courses: {
    file: 'courses',
    table: 'course',
    references: [may('org', 'org', 'school_id')],
    columns: { title: 's.title', course_code: 's.course_code', subject: 's.subject_codes', status: active },
  },
  classes: {
    file: 'classes',
    table: 'class',
    references: [needs('school', 'org', 'school_id'), may('course', 'course', 'course_id')],
    columns: {
      title: 's.title',
      class_type: 's.class_type',
      grade: 's.grade',
      language: `coalesce(case when s.language ~ '^[a-z]{2,3}$' then s.language end, t.language)`,
      session_id: 'term.id',
      status: active,
    },
    joins: `left join academic_session term on term.municipality_id = $1 and term.source_id = split_part(s.terms, ',', 1)`,
  },
  categories: {
    file: 'categories',
    table: 'category',
    references: [],
    columns: { title: 's.title', weight: 's.weight', status: active },
  },
  lineItems: {
    file: 'lineItems',
    table: 'line_item',
    references: [
      needs('class', 'class', 'class_id'),
      needs('category', 'category', 'category_id'),
      needs('session', 'academic_session', 'session_id'),
      needs('school', 'org', 'school_id'),
    ],
    columns: {
      title: 's.title',
      description: 's.description',
      assign_date: 's.assign_date',
      due_date: 's.due_date',
      result_min: 's.result_min',
      result_max: 's.result_max',
      status: active,
    },
  },
  results: {
    file: 'results',
    table: 'result',
    references: [
      needs('line_item', 'line_item', 'line_item_id'),
      needs('person', 'person', 'person_id'),
      may('class', 'class', 'class_id'),
    ],
    columns: {
      score_status: 's.score_status',
      score: 's.score',
      score_date: 's.score_date',
      text_score: 's.text_score',
      comment: 's.comment',
      in_progress: 's.in_progress',
      incomplete: 's.incomplete',
      late: 's.late',
      missing: 's.missing',
      status: active,
    },
  },
  scoreScales: {
    file: 'scoreScales',
    table: 'score_scale',
    references: [
      needs('org', 'org', 'org_id'),
      may('course', 'course', 'course_id'),
      may('class', 'class', 'class_id'),
    ],
    columns: { title: 's.title', type: 's.type', scale: 's.scale', status: active },
  },
};

export async function mergeStructure(work: Import, file: LoadedFile): Promise<Counts> {
  if (file === 'academicSessions') await leaveOutBackwards(work);
  if (file === 'orgs')
    await keepUniqueValues(work, { file, staged: 'identifier', column: 'identifier', table: 'org', target: 'oid' });
  const counts = await mergeMarked(work, plans[file]!);
  if (file === 'orgs' || file === 'academicSessions') await linkParents(work, file);
  return counts;
}

async function leaveOutBackwards({ tx, problems }: Import): Promise<void> {
  const rows = await tx.query<{ line: number; value: string }>({
    text: `update staged_academicsessions set bad = true
      where not bad and (start_date >= end_date or school_year not between 1990 and 2200 or school_year <> trunc(school_year))
      returning line, end_date::text as value`,
  });
  for (const { line, value } of rows) {
    const at = { file: 'academicSessions.csv', line, column: 'endDate', value };
    problems.add({ ...at, reason: 'ends-before-start', action: 'row-left-out' });
  }
}

/** Parents come second: a file may name a parent before the parent's own row. */
async function linkParents({ tx, municipality, problems }: Import, file: 'orgs' | 'academicSessions'): Promise<void> {
  const [table, staged] = file === 'orgs' ? ['org', 'staged_orgs'] : ['academic_session', 'staged_academicsessions'];
  await tx.query({
    text: `update ${table} t set parent_id = p.id
      from ${staged} s left join ${table} p on p.municipality_id = $1 and p.source_id = s.parent and s.parent <> s.sourced_id
      where t.municipality_id = $1 and t.source_id = s.sourced_id and not s.bad and s.status is distinct from 'tobedeleted'
        and t.parent_id is distinct from p.id`,
    values: [municipality],
  });
  const unknown = await tx.query<{ line: number; value: string }>({
    text: `select s.line, s.parent as value from ${staged} s left join ${table} p on p.municipality_id = $1 and p.source_id = s.parent
      where not s.bad and s.parent is not null and (p.id is null or s.parent = s.sourced_id)`,
    values: [municipality],
  });
  for (const { line, value } of unknown) {
    const at = { file: `${file}.csv`, line, column: 'parentSourcedId', value };
    problems.add({ ...at, reason: 'unknown-reference', action: 'value-left-out' });
  }
}
