import test from 'ava';
import fc from 'fast-check';
import { readFile } from 'node:fs/promises';
import { addEvent } from '../../../core/education/index.ts';
import type { Id } from '../../../core/kernel/index.ts';
import type { BundleFiles } from './bundle-fixture.ts';
import { confirmed, openTowns, type Town, type Towns } from './towns.ts';

let towns: Towns;

test.before(async () => {
  towns = await openTowns();
});

test.after.always(() => towns[Symbol.asyncDispose]());

const head = 'sourcedId,status,dateLastModified';

/** RFC 4180: a field with a comma, quote or line break goes into quotes. */
const cell = (value: string | undefined): string =>
  /[",\r\n]/.test(value ?? '') ? `"${value!.replaceAll('"', '""')}"` : (value ?? '');

const line = (...cells: (string | undefined)[]): string => cells.map(cell).join(',');

const awkward = fc
  .string({ unit: fc.constantFrom(...'aåäöčđŋšŧž ,;"\'\n\t\\|{}:=0-'), minLength: 1, maxLength: 12 })
  .map((text) => text.trim().replaceAll('\r', ''))
  .filter((text) => text.length > 0);
const day = fc
  .integer({ min: 0, max: 700 })
  .map((offset) => new Date(Date.UTC(2025, 7, 1 + offset)).toISOString().slice(0, 10));
const number = fc.constantFrom('0', '1', '4', '9.5', '10', '100');
const identifier = fc.string({ unit: fc.constantFrom(...'abcXYZ019./@_-'), minLength: 1, maxLength: 10 });

const roster = fc.record({
  schools: fc.uniqueArray(identifier, { minLength: 1, maxLength: 3 }),
  classes: fc.array(fc.record({ title: awkward, grade: fc.constantFrom('', '1', '5,6', 'L2'), home: fc.boolean() }), {
    maxLength: 5,
  }),
  people: fc.uniqueArray(
    fc.record({
      id: identifier,
      given: awkward,
      family: awkward,
      nickname: fc.option(awkward, { nil: undefined }),
      email: fc.option(fc.constant('a@example.org'), { nil: undefined }),
      enabled: fc.boolean(),
      birth: fc.option(day, { nil: undefined }),
      role: fc.constantFrom('student', 'teacher', 'guardian', 'parent', 'principal'),
      from: day,
      to: fc.option(day, { nil: undefined }),
      links: fc.array(fc.nat(), { maxLength: 3 }),
    }),
    { maxLength: 12, selector: ({ id }) => id },
  ),
  courses: fc.array(fc.record({ title: awkward, code: fc.option(awkward, { nil: undefined }) }), { maxLength: 3 }),
  scales: fc.array(fc.record({ title: awkward, type: awkward, scale: awkward }), { maxLength: 3 }),
  categories: fc.array(fc.record({ title: awkward, weight: fc.option(number, { nil: undefined }) }), {
    minLength: 1,
    maxLength: 3,
  }),
  items: fc.array(
    fc.record({
      title: awkward,
      description: fc.option(awkward, { nil: undefined }),
      assigned: day,
      due: day,
      most: fc.option(number, { nil: undefined }),
      in: fc.nat(),
    }),
    { maxLength: 5 },
  ),
  results: fc.array(
    fc.record({
      status: fc.constantFrom('exempt', 'fully graded', 'not submitted', 'partially graded', 'submitted'),
      score: fc.option(number, { nil: undefined }),
      text: fc.option(fc.constantFrom('10', '4½', 'H', 'S', 'O'), { nil: undefined }),
      comment: fc.option(awkward, { nil: undefined }),
      on: day,
      flags: fc.tuple(fc.boolean(), fc.boolean(), fc.boolean(), fc.boolean()),
      of: fc.nat(),
      by: fc.nat(),
    }),
    { maxLength: 8 },
  ),
});

type Roster = typeof roster extends fc.Arbitrary<infer T> ? T : never;

const gradebookFiles = new Set(['courses.csv', 'scoreScales.csv', 'categories.csv', 'lineItems.csv', 'results.csv']);

/** Line items and what learners got for them, as far as there are classes to have them. */
function gradebookOf({ schools, classes, people, courses, scales, categories, items, results }: Roster): BundleFiles {
  const school = (index: number) => `school/${schools[index % schools.length]}`;
  const given = classes.length === 0 ? [] : items;
  const marks = given.length === 0 || people.length === 0 ? [] : results;
  return {
    courses: [
      `${head},title,courseCode,orgSourcedId,subjectCodes`,
      ...courses.map(({ title, code }, i) => line(`k${i}`, '', '', title, code, school(i), 'MA')),
    ],
    scoreScales: [
      `${head},title,type,orgSourcedId,courseSourcedId,classSourcedId,scoreScaleValue`,
      ...scales.map(({ title, type, scale }, i) =>
        line(
          `q${i}`,
          '',
          '',
          title,
          type,
          school(i),
          i < courses.length ? `k${i}` : '',
          i < classes.length ? `c${i}` : '',
          scale,
        ),
      ),
    ],
    categories: [
      `${head},title,weight`,
      ...categories.map(({ title, weight }, i) => line(`g${i}`, '', '', title, weight)),
    ],
    lineItems: [
      `${head},title,description,assignDate,dueDate,classSourcedId,categorySourcedId,academicSessionSourcedId,resultValueMin,resultValueMax,schoolSourcedId`,
      ...given.map((one, i) => {
        const c = one.in % classes.length;
        const place = [`c${c}`, `g${i % categories.length}`, 'y'];
        return line(
          `i${i}`,
          '',
          '',
          one.title,
          one.description,
          one.assigned,
          one.due,
          ...place,
          '0',
          one.most,
          school(c),
        );
      }),
    ],
    results: [
      `${head},lineItemSourcedId,studentSourcedId,scoreStatus,score,scoreDate,comment,textScore,classSourcedId,inProgress,incomplete,late,missing`,
      ...marks.map(({ status, score, text, comment, on, flags, of, by }, i) => {
        const item = of % given.length;
        const learner = `p-${people[by % people.length]!.id}`;
        const words = [status, score, on, comment, text, `c${given[item]!.in % classes.length}`];
        return line(`m${i}`, '', '', `i${item}`, learner, ...words, ...flags.map(String));
      }),
    ],
  };
}

function filesOf(drawn: Roster): BundleFiles {
  const { schools, classes, people } = drawn;
  const school = (index: number) => `school/${schools[index % schools.length]}`;
  const links = (own: number[]) => [...new Set(own.map((link) => `p-${people[link % people.length]!.id}`))].join(',');
  return {
    ...gradebookOf(drawn),
    orgs: [
      `${head},name,type,identifier,parentSourcedId`,
      'd,,,Kunta,district,,',
      ...schools.map((_, i) => line(school(i), '', '', `Koulu ${i}`, 'school', '', 'd')),
    ],
    academicSessions: [
      `${head},title,type,startDate,endDate,parentSourcedId,schoolYear`,
      'y,,,Vuosi,schoolYear,2026-08-11,2027-06-05,,2027',
    ],
    classes: [
      `${head},title,grades,courseSourcedId,classType,schoolSourcedId,termSourcedIds`,
      ...classes.map(({ title, grade, home }, i) =>
        line(`c${i}`, '', '', title, grade, '', home ? 'homeroom' : 'scheduled', school(i), 'y'),
      ),
    ],
    users: [
      `${head},enabledUser,givenName,familyName,email,preferredGivenName,agentSourcedIds`,
      ...people.map((p) =>
        line(`p-${p.id}`, '', '', String(p.enabled), p.given, p.family, p.email, p.nickname, links(p.links)),
      ),
    ],
    demographics: [
      `${head},birthDate`,
      ...people.flatMap((p) => (p.birth ? [line(`p-${p.id}`, '', '', p.birth)] : [])),
    ],
    roles: [
      `${head},userSourcedId,roleType,role,beginDate,endDate,orgSourcedId`,
      ...people.map((p, i) => line(`r${i}`, '', '', `p-${p.id}`, 'primary', p.role, p.from, p.to, school(i))),
    ],
    enrollments: [
      `${head},classSourcedId,schoolSourcedId,userSourcedId,role,primary,beginDate,endDate`,
      ...people.flatMap((p, i) =>
        classes.map((_, c) =>
          line(
            `e${i}-${c}`,
            '',
            '',
            `c${c}`,
            school(c),
            `p-${p.id}`,
            p.role === 'teacher' ? 'teacher' : 'student',
            'false',
            p.from,
            p.to,
          ),
        ),
      ),
    ],
  };
}

/** Lessons and who was away from them: no part of a bundle, so that loading one must leave them as they are. */
async function withLessons(town: Town): Promise<void> {
  const places = await town.rows<{ id: Id; school: Id }>(
    'select id, school_id as school from class order by id limit 2',
  );
  for (const { id, school } of places) {
    const event = await towns.database.inTenant(town.id, (tx) =>
      addEvent(tx, town.id, {
        ...{ class: id, school, title: 'MA', place: 'A12', teacher: null },
        ...{ startAt: new Date('2026-11-24T06:00:00Z'), endAt: new Date('2026-11-24T06:45:00Z') },
      }),
    );
    await town.rows(
      `insert into attendance (municipality_id, id, event_id, student_id, is_reported, reported_at, reporter_id,
         attendance_minutes, valid_absence_minutes, invalid_absence_minutes)
       select $1, gen_random_uuid(), $2, p.id, true, now(), p.id, 30, 15, 0 from person p order by p.id limit 2`,
      [town.id, event],
    );
  }
}

async function lessonsOf(town: Town): Promise<unknown> {
  return town.rows(
    `select (select coalesce(json_agg(v order by v.id), '[]') from calendar_event v) as events,
       (select coalesce(json_agg(a order by a.id), '[]') from attendance a) as attendance`,
  );
}

test('whatever roster is loaded: its export loads into an empty municipality and exports to the same bytes, and back into its own changes nothing', async (t) => {
  await fc.assert(
    fc.asyncProperty(roster, async (drawn) => {
      const [first, second] = [await towns.add(), await towns.add()];
      const loaded = await first.load(filesOf(drawn), confirmed);
      t.deepEqual(
        loaded.problems.filter(({ file }) => gradebookFiles.has(file)),
        [],
      );
      await withLessons(first);
      const lessons = await lessonsOf(first);
      const exported = await first.save();
      const copied = await second.loadPath(exported, confirmed);
      t.deepEqual(copied.problems, []);
      t.deepEqual(await readFile(await second.save()), await readFile(exported));
      const again = await first.loadPath(exported);
      for (const count of Object.values(again.counts)) {
        if (typeof count === 'object') t.like(count, { added: 0, changed: 0, removed: 0 });
      }
      t.deepEqual(await lessonsOf(first), lessons);
      t.like(again.counts, { waitingRoles: 0, guardianships: { waiting: 0 } });
    }),
    { numRuns: 12, seed: 20_261_124, endOnFailure: true },
  );
});
