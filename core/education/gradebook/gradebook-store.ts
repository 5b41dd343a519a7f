import type { Tx } from '../../db/index.ts';
import { newId, refuse, type Id } from '../../kernel/index.ts';
import { checkMark } from './score-scale.ts';

/** What is assessed in a class (OneRoster 1.2 `lineItem`). */
export interface LineItem {
  id: Id;
  title: string;
  description: string | null;
  assignDate: string;
  dueDate: string;
  class: Id;
  category: Id;
  session: Id;
  school: Id;
  resultMin: number | null;
  resultMax: number | null;
}

/** One learner's mark of a line item (OneRoster 1.2 `result`). */
export interface Result {
  id: Id;
  lineItem: Id;
  student: Id;
  scoreStatus: 'exempt' | 'fully graded' | 'not submitted' | 'partially graded' | 'submitted';
  score: number | null;
  /** 4–10, H, S, O or the school's own word. */
  textScore: string | null;
  scoreDate: string;
  comment: string | null;
}

const itemColumns = `i.id, i.title, i.description, i.assign_date as "assignDate", i.due_date as "dueDate", i.class_id as class,
  i.category_id as category, i.session_id as session, i.school_id as school, i.result_min::float8 as "resultMin",
  i.result_max::float8 as "resultMax"`;
const resultColumns = `r.id, r.line_item_id as "lineItem", r.person_id as student, r.score_status as "scoreStatus", r.score::float8 as score,
  r.text_score as "textScore", r.score_date as "scoreDate", r.comment`;

export function lineItemsOfClasses(tx: Tx, municipality: Id, classes: readonly Id[]): Promise<LineItem[]> {
  return tx.query({
    name: 'line-items-of-classes',
    text: `select ${itemColumns} from line_item i where i.municipality_id = $1 and i.class_id = any($2::uuid[])
      and i.status = 'active' order by i.due_date desc, i.id limit 1000`,
    values: [municipality, classes],
  });
}

export async function findLineItem(tx: Tx, municipality: Id, id: Id): Promise<LineItem | undefined> {
  const text = `select ${itemColumns} from line_item i where i.municipality_id = $1 and i.id = $2 and i.status = 'active'`;
  const [found] = await tx.query<LineItem>({ name: 'line-item', text, values: [municipality, id] });
  return found;
}

/** Results of these learners, of one line item or of all; whom the asker may see is for `access` to decide. */
export function resultsOf(
  tx: Tx,
  municipality: Id,
  { students, lineItem }: { students: readonly Id[]; lineItem?: Id },
): Promise<Result[]> {
  return tx.query({
    name: 'results-of-students',
    text: `select ${resultColumns} from result r
      join line_item i on i.municipality_id = $1 and i.id = r.line_item_id and i.status = 'active'
      where r.municipality_id = $1 and r.person_id = any($2::uuid[]) and r.status = 'active'
        and ($3::uuid is null or r.line_item_id = $3) order by r.score_date desc, r.id limit 5000`,
    values: [municipality, students, lineItem ?? null],
  });
}

export type NewLineItem = Omit<LineItem, 'id' | 'school' | 'session' | 'category'> & { category?: string };

/** A line item of the class's own school and school year; its category is found or made by its name. */
export async function addLineItem(tx: Tx, municipality: Id, item: NewLineItem): Promise<Id> {
  const { title, description, assignDate, dueDate, resultMin, resultMax } = item;
  const id = newId();
  const category = await categoryNamed(tx, municipality, item.category ?? 'Arviointi');
  const written = await tx.query({
    name: 'line-item-add',
    text: `insert into line_item (municipality_id, id, title, description, assign_date, due_date, class_id, category_id, session_id,
        school_id, result_min, result_max)
      select $1, $2, $3, $4, $5::date, $6::date, c.id, $8, c.session_id, c.school_id, $9, $10 from class c
      where c.municipality_id = $1 and c.id = $7 and c.status = 'active' and c.session_id is not null returning id`,
    values: [
      ...[municipality, id, title, description, assignDate, dueDate, item.class, category],
      ...[resultMin, resultMax],
    ],
  });
  if (written.length === 0) refuse('not-found', 'There is no such class in a school year.');
  return id;
}

/** Writes over an item of the class; its category and school year stay. */
export async function changeLineItem(
  tx: Tx,
  municipality: Id,
  { id, class: of, title, description, assignDate, dueDate, resultMin, resultMax }: NewLineItem & { id: Id },
): Promise<void> {
  const changed = await tx.query({
    name: 'line-item-change',
    text: `update line_item set title = $4, description = $5, assign_date = $6::date, due_date = $7::date, result_min = $8, result_max = $9
      where municipality_id = $1 and id = $2 and class_id = $3 and status = 'active' returning 1`,
    values: [municipality, id, of, title, description, assignDate, dueDate, resultMin, resultMax],
  });
  if (changed.length === 0) refuse('not-found', 'The class has no such item.');
}

/** Learners of whom the item has a result. */
export async function learnersOfLineItem(tx: Tx, municipality: Id, item: Id): Promise<Id[]> {
  const text = `select distinct person_id as id from result where municipality_id = $1 and line_item_id = $2 and status = 'active'`;
  const rows = await tx.query<{ id: Id }>({ name: 'learners-of-line-item', text, values: [municipality, item] });
  return rows.map(({ id }) => id);
}

async function categoryNamed(tx: Tx, municipality: Id, title: string): Promise<Id> {
  const [known] = await tx.query<{ id: Id }>({
    name: 'category-by-title',
    text: `select id from category where municipality_id = $1 and title = $2 and status = 'active' order by id limit 1`,
    values: [municipality, title],
  });
  if (known) return known.id;
  const id = newId();
  const text = 'insert into category (municipality_id, id, title) values ($1, $2, $3)';
  await tx.query({ text, values: [municipality, id, title] });
  return id;
}

export type Mark = Omit<Result, 'id' | 'scoreStatus'> & { scoreStatus?: Result['scoreStatus'] };

/** Writes a learner's mark over the one before; the learner must be in the line item's class on the day of the mark. */
export async function saveResult(tx: Tx, municipality: Id, mark: Mark): Promise<Id> {
  checkMark(mark);
  const { lineItem, student, scoreStatus = 'fully graded', score, textScore, scoreDate, comment } = mark;
  const values = [municipality, newId(), lineItem, student, scoreStatus, score, textScore, scoreDate, comment];
  const [written] = await tx.query<{ id: Id }>({
    name: 'result-save',
    text: `with attending as (
        select i.id, i.class_id from line_item i
        join enrollment e on e.municipality_id = $1 and e.class_id = i.class_id and e.person_id = $4 and e.role = 'student'
          and e.valid_from <= $8::date and (e.valid_to is null or e.valid_to > $8::date)
        where i.municipality_id = $1 and i.id = $3 and i.status = 'active' limit 1 for update of i),
      changed as (update result r set score_status = $5, score = $6, text_score = $7, score_date = $8::date, comment = $9
        from attending a where r.municipality_id = $1 and r.line_item_id = a.id and r.person_id = $4 and r.status = 'active' returning r.id),
      added as (insert into result (municipality_id, id, line_item_id, person_id, class_id, score_status, score, text_score, score_date, comment)
        select $1, $2, a.id, $4, a.class_id, $5, $6, $7, $8::date, $9 from attending a where not exists (select from changed) returning id)
      select id from changed union all select id from added`,
    values,
  });
  return written?.id ?? refuse('not-found', 'The learner does not attend the class of this line item.');
}
