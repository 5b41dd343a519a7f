import type { ArgumentOf, Capabilities, GradebookResult, LineItem, ResultOf } from '@digione/sdk/capabilities';
import type { Tx } from '../../db/index.ts';
import {
  addLineItem,
  changeLineItem,
  checkScore,
  classesOfTeacher,
  findLineItem,
  learnersOfLineItem,
  lineItemsOfClasses,
  type LineItem as Item,
  rangeOf,
  type Result,
  resultsOf,
  saveResult,
} from '../../education/index.ts';
import { type Id, refuse } from '../../kernel/index.ts';
import type { Caller } from '../caller.ts';
import { tellOfLearners } from '../events/core-events.ts';
import {
  learnerOf,
  needElement,
  needLearner,
  openElements,
  openScope,
  ownClasses,
  type SchoolDeps,
  type SchoolRequest,
} from './school-deps.ts';

type Items = Capabilities['gradebook.lineItems'];
type Results = Capabilities['gradebook.results'];
type PutItem = Capabilities['gradebook.putLineItem'];
type PutResult = Capabilities['gradebook.putResult'];

const scope = 'gradebook';
const reading = ['gradebook.results'];
const mostItems = 500;
const mostResults = 2000;
const grading = ['gradebook.grading'];

/** `gradebook.lineItems`: of a class that is the user's own. */
export async function lineItems(
  deps: SchoolDeps,
  caller: Caller,
  { class: of, purpose }: ArgumentOf<Items>,
): Promise<ResultOf<Items>> {
  const request = openScope(deps, caller, { scope, purpose });
  needElement(caller, request, 'gradebook.results');
  const id = request.real(of);
  if (!(await ownClasses(deps, caller, request, reading)).has(id)) refuse('not-found', 'You have no such class.');
  const { municipality } = caller.grant;
  const rows = await deps.database.inTenant(municipality, (tx) => lineItemsOfClasses(tx, municipality, [id]), {
    readOnly: true,
  });
  return { lineItems: rows.slice(0, mostItems).map((row) => itemOf(request, row)) };
}

function itemOf({ pairwise }: SchoolRequest, row: Item): LineItem {
  const { id, class: of, title, description, assignDate, dueDate, resultMin, resultMax } = row;
  return {
    id: pairwise(id),
    class: pairwise(of),
    title,
    ...(description !== null && { description }),
    assignDate,
    dueDate,
    ...(resultMin !== null && { resultValueMin: resultMin }),
    ...(resultMax !== null && { resultValueMax: resultMax }),
  };
}

/** `gradebook.results`: each row only if the decision lets its learner through. */
export async function results(
  deps: SchoolDeps,
  caller: Caller,
  argument: ArgumentOf<Results>,
): Promise<ResultOf<Results>> {
  const request = openScope(deps, caller, { scope, purpose: argument.purpose });
  needElement(caller, request, 'gradebook.results');
  if (argument.lineItem === undefined && argument.student === undefined)
    refuse('invalid-argument', 'Name an item or a learner.');
  const { municipality } = caller.grant;
  return deps.database.inTenant(municipality, async (tx) => {
    const lineItem = argument.lineItem && (await itemHere(tx, caller, request.real(argument.lineItem))).id;
    const subjects = argument.student
      ? [await learnerOf(tx, caller, request, argument.student)]
      : await learnersOfLineItem(tx, municipality, lineItem!);
    const asked = { action: 'gradebook.read' as const, subjects, elements: reading };
    const open = await openElements(deps, tx, caller, { request, asked });
    const rows = await resultsOf(tx, municipality, { students: [...open.keys()], ...(lineItem ? { lineItem } : {}) });
    const here = lineItem ? rows : await ofThisSchool(tx, caller, rows);
    return { results: here.slice(0, mostResults).map((row) => resultOf(request, row)) };
  });
}

/** A learner of two schools has results in both: the plugin is in use in this one. */
async function ofThisSchool(tx: Tx, caller: Caller, rows: Result[]): Promise<Result[]> {
  const items = new Set(rows.map(({ lineItem }) => lineItem));
  const here = new Set<Id>();
  for (const id of items)
    if ((await findLineItem(tx, caller.grant.municipality, id))?.school === caller.grant.school) here.add(id);
  return rows.filter(({ lineItem }) => here.has(lineItem));
}

async function itemHere(tx: Tx, { grant }: Caller, id: Id): Promise<Item> {
  const item = await findLineItem(tx, grant.municipality, id);
  return item?.school === grant.school ? item : refuse('not-found', 'There is no such item.');
}

function resultOf({ pairwise }: SchoolRequest, row: Result): GradebookResult {
  const { lineItem, student, scoreStatus, score, textScore, scoreDate, comment } = row;
  return {
    lineItem: pairwise(lineItem),
    student: pairwise(student),
    scoreStatus,
    ...(score !== null && { score }),
    ...(textScore !== null && { textScore }),
    scoreDate,
    ...(comment !== null && { comment }),
  };
}

/** `gradebook.putLineItem`: by a teacher of the class. It is about nobody yet. */
export async function putLineItem(
  deps: SchoolDeps,
  caller: Caller,
  argument: ArgumentOf<PutItem>,
): Promise<ResultOf<PutItem>> {
  const request = openScope(deps, caller, { scope, purpose: argument.purpose });
  needElement(caller, request, 'gradebook.grading');
  const { title, description = null, assignDate, dueDate, scale, maxPoints } = argument;
  if (dueDate < assignDate) refuse('invalid-argument', 'An item is due on the day it is given, or later.');
  const of = request.real(argument.class);
  const { municipality } = caller.grant;
  const { min: resultMin, max: resultMax } = rangeOf(scale, maxPoints);
  const item = { class: of, title, description, assignDate, dueDate, resultMin, resultMax };
  const id = await deps.database.inTenant(municipality, async (tx) => {
    await checkTeaches(deps, tx, caller, of);
    if (argument.id === undefined) return addLineItem(tx, municipality, item);
    const { id: known } = await itemHere(tx, caller, request.real(argument.id));
    await changeLineItem(tx, municipality, { ...item, id: known });
    return known;
  });
  return { id: request.pairwise(id) };
}

/** `gradebook.putResult`: by a teacher of the item's class, within the item's scale. */
export async function putResult(
  deps: SchoolDeps,
  caller: Caller,
  argument: ArgumentOf<PutResult>,
): Promise<ResultOf<PutResult>> {
  const request = openScope(deps, caller, { scope, purpose: argument.purpose });
  needElement(caller, request, 'gradebook.grading');
  const { scoreStatus, score = null, textScore = null, comment = null } = argument;
  const { municipality } = caller.grant;
  const asked = { action: 'gradebook.write' as const, elements: grading };
  await deps.database.inTenant(municipality, async (tx) => {
    const item = await itemHere(tx, caller, request.real(argument.lineItem));
    await checkTeaches(deps, tx, caller, item.class);
    const student = await learnerOf(tx, caller, request, argument.student);
    await needLearner(deps, tx, caller, { request, asked, student, element: 'gradebook.grading' });
    checkScore({ scoreStatus, score, textScore }, { min: item.resultMin, max: item.resultMax });
    const mark = { scoreStatus, score, textScore, comment, scoreDate: deps.clock.today() };
    await saveResult(tx, municipality, { lineItem: item.id, student, ...mark });
    await tellOfLearners(tx, caller, { name: 'result.changed', at: deps.clock.now(), learners: [student] });
  });
  return { saved: true as const };
}

async function checkTeaches({ clock }: SchoolDeps, tx: Tx, { actor, grant }: Caller, of: Id): Promise<void> {
  const taught =
    actor.role === 'teacher'
      ? await classesOfTeacher(tx, grant.municipality, { teacher: actor.person, date: clock.today() })
      : [];
  if (!taught.some(({ id }) => id === of)) refuse('not-allowed', 'Assessments are given by teachers of the class.');
}
