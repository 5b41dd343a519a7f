import type { CalendarEvent, GradebookResult, Guardian, LineItem } from '@digione/sdk/capabilities';
import test from 'ava';
import { type Id, newId } from '../../../core/kernel/index.ts';
import { type Installed, nobody, type PluginWorld, pluginWorld } from '../plugins/plugin-world.ts';
import { pluginFor, schoolRecords, scopeOf, studentsScope } from './school-records.ts';

const classesScope = scopeOf('education.classes', ['classes.title']);
const scopes = {
  gradebook: scopeOf('gradebook', ['gradebook.results', 'gradebook.grading']),
  calendar: scopeOf('calendar', ['calendar.events']),
  guardians: scopeOf('education.guardians', ['guardians.name', 'guardians.phone', 'guardians.email']),
};

let world: PluginWorld;
let records: ReturnType<typeof schoolRecords>;
let plugin: Installed;
let none: Installed;
let aino: string;
let onni: string;
let ownClass: string;
test.before(async () => {
  world = await pluginWorld();
  records = schoolRecords(world);
  plugin = await world.install({
    manifest: pluginFor('school', [studentsScope, classesScope, ...Object.values(scopes)]),
  });
  none = await world.install({ manifest: pluginFor('none', [studentsScope]) });
  const { students } = (await plugin.ask('education.students', {})).value as {
    students: { id: string; givenName: string }[];
  };
  [aino = '', onni = ''] = students
    .toSorted((one, other) => one.givenName.localeCompare(other.givenName))
    .map(({ id }) => id);
  const { classes } = (await plugin.ask('education.classes', {})).value as { classes: { id: string }[] };
  ownClass = classes[0]!.id;
  const year = newId();
  await records.query(
    `insert into academic_session (municipality_id, id, title, type, start_date, end_date, school_year)
     values ($1, $2, '2026–2027', 'schoolYear', '2026-08-01', '2027-07-31', 2027)`,
    [world.town.municipality, year],
  );
  await records.query('update class set session_id = $1 where id = $2', [year, world.town.class]);
});
test.after.always(async () => {
  await world[Symbol.asyncDispose]();
});

const item = (more: object = {}) => ({
  class: ownClass,
  title: 'Fractions',
  assignDate: '2026-11-20',
  dueDate: '2026-11-27',
  scale: '4-10',
  ...more,
});
const value = async <T>(asked: Promise<{ value?: unknown; code?: string }>): Promise<T> => (await asked).value as T;
const as = (who: Id, role: 'guardian' | 'student') => records.as(who, role);

test.serial('a teacher adds an item, changes it, grades, and the family reads the own result', async (t) => {
  const { id } = await value<{ id: string }>(
    plugin.ask('gradebook.putLineItem', item({ description: 'Chapter 4', purpose: 'class-list' })),
  );
  await plugin.ask('gradebook.putLineItem', item({ id, title: 'Fractions, chapter 4' }));
  const { lineItems } = await value<{ lineItems: LineItem[] }>(
    plugin.ask('gradebook.lineItems', { class: ownClass, purpose: 'class-list' }),
  );
  t.like(lineItems[0], {
    id,
    title: 'Fractions, chapter 4',
    resultValueMin: 4,
    resultValueMax: 10,
    dueDate: '2026-11-27',
  });
  const grade = (student: string, more: object) =>
    plugin.ask('gradebook.putResult', { lineItem: id, student, scoreStatus: 'fully graded', ...more });
  t.is((await grade(aino, { score: 8 })).code, undefined);
  t.is((await grade(aino, { score: 8.5, comment: 'Well done', purpose: 'class-list' })).code, undefined);
  t.is((await grade(onni, { textScore: 'H' })).code, undefined);
  const results = async (argument: object, actor = world.town.teacher) =>
    (await value<{ results: GradebookResult[] }>(plugin.ask('gradebook.results', argument, actor))).results;
  t.is((await results({ lineItem: id, purpose: 'class-list' })).length, 2);
  const [child] = world.town.learners as [Id, Id];
  t.like(await results({ student: aino }, as(await records.guardian(child), 'guardian')), {
    length: 1,
    0: { score: 8.5, comment: 'Well done', student: aino },
  });
  t.is((await results({ lineItem: id }, as(child, 'student'))).length, 1, 'a learner sees the own result only');
  t.true((await records.audited('gradebook.write')).length >= 3);
});

test.serial('a result fits its item: marks from 4 to 10, points up to the most, words for words', async (t) => {
  const make = async (more: object) =>
    (await value<{ id: string }>(plugin.ask('gradebook.putLineItem', item(more)))).id;
  const [marks, points, words] = [
    await make({}),
    await make({ scale: 'points', maxPoints: 20 }),
    await make({ scale: 'S' }),
  ];
  const cases: [string, object, string | undefined][] = [
    [marks, { score: 10 }, undefined],
    [marks, { score: 3 }, 'invalid-argument'],
    [marks, { score: 8.3 }, 'invalid-argument'],
    [marks, { score: 8, textScore: 'H' }, 'invalid-argument'],
    [marks, {}, 'invalid-argument'],
    [marks, { scoreStatus: 'not submitted' }, undefined],
    [marks, { scoreStatus: 'not submitted', score: 8 }, 'invalid-argument'],
    [points, { score: 17.3 }, undefined],
    [points, { score: 21 }, 'invalid-argument'],
    [words, { score: 8 }, 'invalid-argument'],
    [words, { textScore: 'S' }, undefined],
  ];
  for (const [lineItem, more, code] of cases)
    t.is(
      (await plugin.ask('gradebook.putResult', { lineItem, student: aino, scoreStatus: 'fully graded', ...more })).code,
      code,
      JSON.stringify(more),
    );
});

test.serial('only a teacher of the class grades, and only learners of it', async (t) => {
  const { id } = await value<{ id: string }>(plugin.ask('gradebook.putLineItem', item()));
  const result = (more: object, actor = world.town.teacher) =>
    plugin.ask(
      'gradebook.putResult',
      { lineItem: id, student: aino, scoreStatus: 'fully graded', score: 9, ...more },
      actor,
    );
  t.is((await result({}, world.town.principal)).code, 'not-allowed');
  t.is((await result({ student: nobody() })).code, 'not-allowed');
  t.is((await result({ lineItem: nobody() })).code, 'not-found');
  t.is((await plugin.ask('gradebook.putLineItem', item({ class: nobody() }))).code, 'not-allowed');
  t.is((await plugin.ask('gradebook.putLineItem', item({ id: nobody() }))).code, 'not-found');
  t.is((await plugin.ask('gradebook.lineItems', { class: nobody() })).code, 'not-found');
});

test.serial('the plugin adds its own events, changes and removes them, and leaves the timetable alone', async (t) => {
  await records.lesson();
  const times = { startTime: '2026-11-26T07:00:00.000Z', endTime: '2026-11-26T08:00:00.000Z' };
  const { id } = await value<{ id: string }>(
    plugin.ask('calendar.put', { class: ownClass, title: 'Exam', ...times, place: 'Hall', purpose: 'class-list' }),
  );
  await plugin.ask('calendar.put', { id, class: ownClass, title: 'Exam in mathematics', ...times });
  const list = async (more: object = {}) =>
    (
      await value<{ events: CalendarEvent[] }>(
        plugin.ask('calendar.events', { from: '2026-11-24', to: '2026-11-27', ...more }),
      )
    ).events;
  const [lesson, exam] = (await list({ class: ownClass, purpose: 'class-list' })) as [CalendarEvent, CalendarEvent];
  t.like(exam, { id, title: 'Exam in mathematics', own: true, class: ownClass, ...times });
  t.like(lesson, { title: 'Mathematics', place: 'A1', own: false });
  t.deepEqual(await list({ from: '2026-11-25', to: '2026-11-26' }), []);
  t.is(
    (await plugin.ask('calendar.put', { id: lesson.id, class: ownClass, title: 'Mine', ...times })).code,
    'not-found',
  );
  t.deepEqual((await plugin.ask('calendar.remove', { id: lesson.id })).value, { removed: false });
  t.is((await plugin.ask('calendar.remove', { id }, as(world.town.learners[0]!, 'student'))).code, 'not-allowed');
  t.deepEqual((await plugin.ask('calendar.remove', { id, purpose: 'class-list' })).value, { removed: true });
  t.is((await list()).length, 1);
});

test.serial('an iCalendar text becomes events; sent again it changes them', async (t) => {
  const ics = (title: string) =>
    [
      'BEGIN:VCALENDAR',
      'BEGIN:VEVENT',
      'UID:one',
      `SUMMARY:${title}`,
      'DTSTART:20261201T080000Z',
      'DTEND:20261201T090000Z',
      'END:VEVENT',
      'BEGIN:VEVENT',
      'UID:two',
      'SUMMARY:Weekly',
      'RRULE:FREQ=WEEKLY',
      'DTSTART:20261201T080000Z',
      'END:VEVENT',
      'END:VCALENDAR',
    ].join('\r\n');
  const take = (title: string) =>
    plugin.ask('calendar.import', { class: ownClass, ics: ics(title), purpose: 'class-list' });
  t.deepEqual((await take('Play')).value, { imported: 1, skipped: [{ uid: 'two', why: 'It repeats.' }] });
  await take('Play, new name');
  const { events } = await value<{ events: CalendarEvent[] }>(
    plugin.ask('calendar.events', { from: '2026-12-01', to: '2026-12-02' }),
  );
  t.deepEqual(
    events.map(({ title }) => title),
    ['Play, new name'],
  );
  t.is((await plugin.ask('calendar.import', { class: ownClass, ics: 'hello' })).code, 'invalid-argument');
  t.is((await plugin.ask('calendar.import', { class: nobody(), ics: ics('x') })).code, 'not-found');
});

test.serial(
  'staff find the guardians of a learner, a guardian only the own row; protected contacts are absent',
  async (t) => {
    const [, child] = world.town.learners as [Id, Id];
    const contact = { phone: '+358401234567', email: 'gia@example.org' };
    const [one, other] = [await records.guardian(child, contact), await records.guardian(child, contact)];
    await records.guardian(child, { canSee: false });
    const read = async (actor = world.town.teacher) =>
      (
        await value<{ guardians: Guardian[] }>(
          plugin.ask('education.guardians', { student: onni, purpose: 'class-list' }, actor),
        )
      ).guardians;
    t.like(await read(), { length: 2, 0: { name: 'Gia Test', ...contact } });
    t.is((await read(as(one, 'guardian'))).length, 1);
    t.is((await plugin.ask('education.guardians', { student: aino }, as(one, 'guardian'))).code, 'not-allowed');
    t.is((await plugin.ask('education.guardians', { student: onni }, as(child, 'student'))).code, 'not-allowed');
    await records.protect(other, 'non-disclosure');
    t.is((await read()).filter(({ phone }) => phone !== undefined).length, 1);
    await records.protect(child, 'custody', one);
    t.is((await read()).length, 1);
    await records.protect(child, 'non-disclosure');
    t.deepEqual(Object.keys((await read())[0]!).sort(), ['id', 'name']);
  },
);

test.serial('without the scope and in another shape nothing is read or written', async (t) => {
  const times = { startTime: '2026-11-26T07:00:00.000Z', endTime: '2026-11-26T08:00:00.000Z' };
  const good: Record<string, object> = {
    'gradebook.lineItems': { class: ownClass },
    'gradebook.results': { student: aino },
    'gradebook.putLineItem': item(),
    'gradebook.putResult': { lineItem: nobody(), student: aino, scoreStatus: 'exempt' },
    'calendar.events': { from: '2026-11-24', to: '2026-11-25' },
    'calendar.put': { class: ownClass, title: 'Exam', ...times },
    'calendar.remove': { id: nobody() },
    'calendar.import': { class: ownClass, ics: 'BEGIN:VCALENDAR' },
    'education.guardians': { student: aino },
  };
  for (const [door, argument] of Object.entries(good)) {
    t.is((await none.ask(door, argument)).code, 'scope-missing', door);
    t.is((await plugin.ask(door, { ...argument, more: 1 })).code, 'invalid-argument', door);
    t.is((await plugin.ask(door, { ...argument, purpose: 'other' })).code, 'scope-missing', door);
  }
  const wrong: [string, object][] = [
    ['gradebook.results', { student: undefined }],
    ['gradebook.putLineItem', { scale: 'A-F' }],
    ['gradebook.putLineItem', { scale: 'points' }],
    ['gradebook.putLineItem', { dueDate: '2026-11-01' }],
    ['gradebook.putLineItem', { title: '' }],
    ['gradebook.putResult', { scoreStatus: 'great' }],
    ['gradebook.putResult', { textScore: 'A' }],
    ['calendar.events', { to: '2027-11-25' }],
    ['calendar.events', { to: '2026-11-24' }],
    ['calendar.put', { endTime: times.startTime }],
    ['calendar.put', { title: 'a\nb' }],
    ['calendar.put', { place: '' }],
    ['calendar.import', { ics: '' }],
  ];
  for (const [door, change] of wrong)
    t.is(
      (await plugin.ask(door, { ...good[door], ...change })).code,
      'invalid-argument',
      `${door} ${JSON.stringify(change)}`,
    );
});
