import anyTest from 'ava';
import {
  addEvent,
  addLineItem,
  attendanceOfEvent,
  attendanceOfStudents,
  eventsOfClasses,
  eventsOfLearner,
  eventsOfSchool,
  eventsOfTeacher,
  findEvent,
  isFinnishMark,
  learnersOfEvent,
  lineItemsOfClasses,
  removeEvent,
  reportAttendance,
  resultsOf,
  saveResult,
  scoreScalesOf,
  type Mark,
} from '../../../core/education/index.ts';
import type { Tx } from '../../../core/db/index.ts';
import { newId, type Id } from '../../../core/kernel/index.ts';
import { clock } from './bundle-fixture.ts';
import { smallSchool } from './small-school.ts';
import { confirmed, openTowns, type Towns } from './towns.ts';

const test = anyTest.serial;
let towns: Towns;

anyTest.before(async () => {
  towns = await openTowns();
});
anyTest.after.always(() => towns[Symbol.asyncDispose]());

const scale = [
  'sourcedId,status,dateLastModified,title,type,orgSourcedId,courseSourcedId,classSourcedId,scoreScaleValue',
  'x1,,,Kunnan asteikko,grade,d,,,"{10:Erinomainen},{9:Kiitettävä},{H:Hylätty},{S:Suoritettu}"',
  'x2,,,Luokan oma,grade,s,,c5,"S:Suoritettu;H:Hylätty"',
];

async function school() {
  const town = await towns.add();
  await town.load({ ...smallSchool, scoreScales: scale }, confirmed);
  const idOf = async (table: string, source: string): Promise<Id> =>
    (await town.rows<{ id: Id }>(`select id from ${table} where source_id = $1`, [source]))[0]!.id;
  const inTown = <T>(work: (tx: Tx) => Promise<T>) => towns.database.inTenant(town.id, work);
  const ids = {
    ...{ teacher: await idOf('person', 't1'), aada: await idOf('person', 'l1'), eino: await idOf('person', 'l2') },
    ...{ c5: await idOf('class', 'c5'), c6: await idOf('class', 'c6'), place: await idOf('org', 's') },
  };
  return { town, inTown, ...ids };
}

const day = { from: new Date('2026-11-23T22:00:00Z'), to: new Date('2026-11-24T22:00:00Z') };
const lesson = { startAt: new Date('2026-11-24T06:00:00Z'), endAt: new Date('2026-11-24T06:45:00Z') };

test('a lesson is seen by its teacher and its learners on its day, and by nobody of another class', async (t) => {
  const { town, inTown, teacher, aada, c5, c6, place } = await school();
  const event = { class: c5, school: place, title: 'MA', place: 'A12', teacher, ...lesson };
  const id = await inTown((tx) => addEvent(tx, town.id, event));
  t.deepEqual(await inTown((tx) => findEvent(tx, town.id, id)), { id, plugin: null, ...event });
  const ids = async (events: Promise<{ id: Id }[]>) => (await events).map((one) => one.id);
  await inTown(async (tx) => {
    t.deepEqual(await ids(eventsOfTeacher(tx, town.id, { teacher, school: place, ...day })), [id]);
    t.deepEqual(await ids(eventsOfTeacher(tx, town.id, { teacher: aada, school: place, ...day })), []);
    t.deepEqual(await ids(eventsOfLearner(tx, town.id, { student: aada, ...day })), [id]);
    t.deepEqual(await ids(eventsOfLearner(tx, town.id, { student: teacher, ...day })), []);
    t.deepEqual(await ids(eventsOfClasses(tx, town.id, { classes: [c5], ...day })), [id]);
    t.deepEqual(await ids(eventsOfClasses(tx, town.id, { classes: [c6], ...day })), []);
    t.deepEqual(await ids(eventsOfClasses(tx, town.id, { classes: [c5], from: day.to, to: day.to })), []);
    t.deepEqual(await ids(eventsOfSchool(tx, town.id, { school: place, ...day })), []);
    t.is((await learnersOfEvent(tx, town.id, id)).length, 3);
  });
});

test('an event of a class of another school, of a stranger, or that ends before it begins is refused', async (t) => {
  const { town, inTown, teacher, aada, c5, place } = await school();
  const event = { class: c5, school: place, title: 'MA', place: null, teacher, ...lesson };
  const add = (more: Partial<typeof event>) => inTown((tx) => addEvent(tx, town.id, { ...event, ...more }));
  await t.throwsAsync(add({ endAt: lesson.startAt }), { code: 'invalid' });
  await t.throwsAsync(add({ class: newId() }), { code: 'not-found' });
  await t.throwsAsync(add({ teacher: aada }), { code: 'not-found' });
  await t.throwsAsync(add({ school: newId() }), { code: 'not-found' });
});

test('a lesson whose attendance was reported stays, and what was reported is read by lesson and by learner', async (t) => {
  const { town, inTown, teacher, aada, c5, place } = await school();
  const event = await inTown((tx) =>
    addEvent(tx, town.id, { class: c5, school: place, title: 'MA', place: null, teacher, ...lesson }),
  );
  const spare = await inTown((tx) =>
    addEvent(tx, town.id, { class: null, school: place, title: 'Juhla', place: null, teacher: null, ...lesson }),
  );
  const minutes = {
    attendanceMinutes: 40,
    validAbsenceMinutes: 0,
    invalidAbsenceMinutes: 5,
    absenceReason: 'myöhässä',
  };
  const attendances = [{ event, student: aada, ...minutes }];
  await inTown((tx) => reportAttendance(tx, town.id, { reporter: teacher, at: clock.now(), attendances }));
  await inTown(async (tx) => {
    t.like(await attendanceOfEvent(tx, town.id, event), [{ event, student: aada, reporter: teacher, ...minutes }]);
    t.like(await attendanceOfStudents(tx, town.id, { students: [aada], ...day }), [
      { title: 'MA', ...lesson, ...minutes },
    ]);
    t.deepEqual(await attendanceOfStudents(tx, town.id, { students: [aada], from: day.to, to: day.to }), []);
    await removeEvent(tx, town.id, spare);
  });
  await t.throwsAsync(
    inTown((tx) => removeEvent(tx, town.id, event)),
    { code: 'not-found' },
  );
});

test('a mark is written, corrected and read; the scales of the class come the nearest first', async (t) => {
  const { town, inTown, aada, c5 } = await school();
  const item = { title: 'Koe 1', description: null, assignDate: '2026-11-01', dueDate: '2026-11-20', class: c5 };
  const lineItem = await inTown((tx) => addLineItem(tx, town.id, { ...item, resultMin: 4, resultMax: 10 }));
  const mark: Mark = { lineItem, student: aada, score: 9, textScore: null, scoreDate: '2026-11-20', comment: null };
  const first = await inTown((tx) => saveResult(tx, town.id, mark));
  const second = await inTown((tx) => saveResult(tx, town.id, { ...mark, score: null, textScore: 'S' }));
  t.is(first, second);
  await inTown(async (tx) => {
    t.like(await resultsOf(tx, town.id, { students: [aada] }), [
      { score: null, textScore: 'S', scoreStatus: 'fully graded' },
    ]);
    t.like(await lineItemsOfClasses(tx, town.id, [c5]), [
      { id: lineItem, title: 'Koe 1', resultMin: 4, resultMax: 10 },
    ]);
    const scales = await scoreScalesOf(tx, town.id, c5);
    t.deepEqual(
      scales.map(({ title }) => title),
      ['Luokan oma', 'Kunnan asteikko'],
    );
    t.deepEqual(scales[0]!.values, [
      { value: 'S', label: 'Suoritettu' },
      { value: 'H', label: 'Hylätty' },
    ]);
    t.deepEqual(
      scales[1]!.values.map(({ value }) => value),
      ['10', '9', 'H', 'S'],
    );
  });
});

test('no mark without a value, for a learner of another class, or of a line item that is not there', async (t) => {
  const { town, inTown, aada, teacher, c5 } = await school();
  const item = { title: 'Koe', description: null, assignDate: '2026-11-01', dueDate: '2026-11-20', class: c5 };
  const lineItem = await inTown((tx) => addLineItem(tx, town.id, { ...item, resultMin: null, resultMax: null }));
  const mark: Mark = { lineItem, student: aada, score: 9, textScore: null, scoreDate: '2026-11-20', comment: null };
  const save = (more: Partial<Mark>) => inTown((tx) => saveResult(tx, town.id, { ...mark, ...more }));
  await t.throwsAsync(save({ score: null }), { code: 'invalid' });
  await t.throwsAsync(save({ score: Number.NaN }), { code: 'invalid' });
  await t.throwsAsync(save({ student: teacher }), { code: 'not-found' });
  await t.throwsAsync(save({ lineItem: newId() }), { code: 'not-found' });
  await t.throwsAsync(save({ scoreDate: '2025-01-01' }), { code: 'not-found' });
  await t.throwsAsync(
    inTown((tx) => addLineItem(tx, town.id, { ...item, class: newId(), resultMin: null, resultMax: null })),
    { code: 'not-found' },
  );
});

test('the marks of Finnish basic education are 4–10, H, S and O, and halves between two of them', (t) => {
  for (const mark of ['4', '10', 'H', 'S', 'O', '8-', '8½', '8+', '7.5', '7,5', '10-'])
    t.true(isFinnishMark(mark), mark);
  for (const mark of ['3', '11', 'A', '', '10+', '4-', '10½', 'h']) t.false(isFinnishMark(mark), mark);
});
