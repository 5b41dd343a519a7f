import test from 'ava';
import fc from 'fast-check';
import { readFile } from 'node:fs/promises';
import type { BundleFiles } from './bundle-fixture.ts';
import { confirmed, openTowns, type Towns } from './towns.ts';

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
});

type Roster = typeof roster extends fc.Arbitrary<infer T> ? T : never;

function filesOf({ schools, classes, people }: Roster): BundleFiles {
  const school = (index: number) => `school/${schools[index % schools.length]}`;
  const links = (own: number[]) => [...new Set(own.map((link) => `p-${people[link % people.length]!.id}`))].join(',');
  return {
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

test('whatever roster is loaded: its export loads into an empty municipality and exports to the same bytes, and back into its own changes nothing', async (t) => {
  await fc.assert(
    fc.asyncProperty(roster, async (drawn) => {
      const [first, second] = [await towns.add(), await towns.add()];
      await first.load(filesOf(drawn), confirmed);
      const exported = await first.save();
      const copied = await second.loadPath(exported, confirmed);
      t.deepEqual(copied.problems, []);
      t.deepEqual(await readFile(await second.save()), await readFile(exported));
      const again = await first.loadPath(exported);
      for (const count of Object.values(again.counts)) {
        if (typeof count === 'object') t.like(count, { added: 0, changed: 0, removed: 0 });
      }
      t.like(again.counts, { waitingRoles: 0, guardianships: { waiting: 0 } });
    }),
    { numRuns: 12, seed: 20_261_124, endOnFailure: true },
  );
});
