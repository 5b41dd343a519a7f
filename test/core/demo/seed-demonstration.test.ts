import test from 'ava';
import { createHmac } from 'node:crypto';
import { coordinator, demoPersons, municipalities, seedDemonstration, story } from '../../../core/demo/index.ts';
import type { Database } from '../../../core/db/index.ts';
import { fixedClock } from '../../../core/kernel/index.ts';
import { quietLog, testDatabase, type TestDatabase } from '../../support/database.ts';

const hashIdentifier = (value: string) => createHmac('sha256', 'a test key').update(value).digest('hex');
const clock = fixedClock('2026-11-24T08:00:00Z');

const seed = (into: Database) => seedDemonstration({ database: into, clock, log: quietLog, hashIdentifier });

function rowsOf<R extends object>(
  of: Database,
  text: string,
  values: unknown[] = [],
  municipality = story.municipality.id,
) {
  return of.inTenant(municipality, (tx) => tx.query<R>({ text, values }));
}

let shared: TestDatabase;
let database: Database;

test.before(async () => {
  shared = await testDatabase();
  database = shared.database;
  await seed(database);
});

test.after.always(() => shared[Symbol.asyncDispose]());

async function fingerprint(of: Database): Promise<string[]> {
  const prints: string[] = [];
  for (const { id } of [coordinator, ...municipalities]) {
    const text = `select (select count(*) || md5(string_agg(p::text, '|' order by p.id)) from person p)
      || (select coalesce(md5(string_agg(e::text, '|' order by e.id)), '') from enrollment e) as print`;
    prints.push((await rowsOf<{ print: string }>(of, text, [], id))[0]!.print);
  }
  return prints;
}

test('the demonstration has five municipalities with about 3 000 learners in schools of both kinds', async (t) => {
  let learners = 0;
  for (const { id } of municipalities) {
    const [counts] = await rowsOf<{ learners: number; basic: number; upper: number }>(
      database,
      `select (select count(distinct person_id) from enrollment where role = 'student') as learners,
        (select count(*) from org where school_type = '11') as basic, (select count(*) from org where school_type = '15') as upper`,
      [],
      id,
    );
    learners += counts!.learners;
    t.true(counts!.basic >= 2 && counts!.upper >= 2);
  }
  t.true(learners > 2_900 && learners < 3_200, `${learners} learners`);
});

test('seeding again changes nothing', async (t) => {
  const before = await fingerprint(database);
  await seed(database);
  t.deepEqual(await fingerprint(database), before);
});

test.serial(
  'a seed that breaks in one municipality leaves nothing of it, and the next start completes it',
  async (t) => {
    await using made = await testDatabase();
    let calls = 0;
    const breaking = (value: string) => {
      calls += 1;
      if (calls > 1_000) throw new Error('power cut');
      return hashIdentifier(value);
    };
    await t.throwsAsync(
      seedDemonstration({ database: made.database, clock, log: quietLog, hashIdentifier: breaking }),
      {
        message: 'power cut',
      },
    );
    t.deepEqual(await rowsOf(made.database, 'select id from person'), []);
    await seed(made.database);
    t.deepEqual(await fingerprint(made.database), await fingerprint(database));
  },
);

test.serial('two nodes that seed at the same moment do it once, with the same data as anywhere', async (t) => {
  await using made = await testDatabase();
  await Promise.all([seed(made.database), seed(made.database)]);
  t.deepEqual(await fingerprint(made.database), await fingerprint(database));
});

test('class 5A of the story has its teacher, its learners and the guardian’s child', async (t) => {
  const members = await rowsOf<{ person_id: string; role: string }>(
    database,
    'select person_id, role from enrollment where class_id = $1',
    [story.class.id],
  );
  const students = members.filter(({ role }) => role === 'student').map(({ person_id }) => person_id);
  t.is(students.length, story.class.learners);
  t.true(students.includes(story.child.personId));
  t.deepEqual(
    members.filter(({ role }) => role === 'teacher').map(({ person_id }) => person_id),
    [story.teacher.personId],
  );
});

test('the barred parent is a legal guardian without sight, and the other parent sees', async (t) => {
  const links = await rowsOf<{ guardian_id: string; can_see: boolean; can_decide: boolean; source: string }>(
    database,
    'select guardian_id, can_see, can_decide, source from guardianship where child_id = $1 order by can_see',
    [story.sharedChild.personId],
  );
  t.deepEqual(links, [
    { guardian_id: story.barredGuardian.personId, can_see: false, can_decide: false, source: 'court' },
    { guardian_id: story.otherGuardian.personId, can_see: true, can_decide: true, source: 'register' },
  ]);
});

test('the protections are one non-disclosure order and one custody entry', async (t) => {
  const rows = await rowsOf(database, 'select kind, person_id, against_person_id from protection order by kind');
  t.deepEqual(rows, [
    { kind: 'custody', person_id: story.sharedChild.personId, against_person_id: story.barredGuardian.personId },
    { kind: 'non-disclosure', person_id: story.nonDisclosure.personId, against_person_id: null },
  ]);
});

test('ages on the demonstration date: one day before 13, one day before 18', async (t) => {
  const ages = await rowsOf<{ id: string; birth_date: string }>(
    database,
    'select id, birth_date from person where id = any($1) order by birth_date',
    [[story.almostThirteen.personId, story.almostEighteen.personId]],
  );
  t.deepEqual(
    ages.map(({ birth_date }) => birth_date),
    ['2008-11-25', '2013-11-25'],
  );
});

test('one learner belongs to two schools, one teacher and one guardian to two municipalities', async (t) => {
  const schools = await rowsOf(database, `select org_id from role where person_id = $1 and role = 'student'`, [
    story.twoSchools.personId,
  ]);
  t.is(schools.length, 2);
  for (const { sub, personId, elsewhere } of [story.teacherOfTwo, story.guardianOfTwo]) {
    const place = municipalities.find(({ code }) => code === elsewhere.municipality)!;
    const text = 'select scheme, value from person_identifier where person_id = $1';
    const here = await rowsOf(database, text, [personId]);
    t.is(here.length, 1, sub);
    t.deepEqual(await rowsOf(database, text, [elsewhere.personId], place.id), here);
  }
});

test('every sign-in finds its person by the identifier in its claims', async (t) => {
  // Whoever works for a vendor is in no roster: the core makes the person at the first sign-in.
  const inRosters = demoPersons().filter(({ kind }) => kind !== 'vendor');
  t.true(inRosters.length > 10);
  for (const { sub, kind, municipality, claims } of inRosters) {
    const place = [coordinator, ...municipalities].find(({ code }) => code === municipality)!;
    const hetu = claims['national_identification_number'] as string | undefined;
    const candidates = [
      ['learner-number', claims['urn:oid:1.3.6.1.4.1.16161.1.1.27']],
      ['mpass-uid', claims['urn:mpass.id:uid']],
      ['username', claims['preferred_username']],
      ['hetu-hash', hetu && hashIdentifier(hetu)],
    ].filter(([, value]) => value !== undefined);
    const found = await rowsOf<{ name: string }>(
      database,
      `select p.given_name || ' ' || p.family_name as name from person_identifier i
         join person p on p.municipality_id = i.municipality_id and p.id = i.person_id
       where (i.scheme, i.value) in (select * from unnest($1::text[], $2::text[]))`,
      [candidates.map(([scheme]) => scheme), candidates.map(([, value]) => value)],
      place.id,
    );
    t.deepEqual(found, [{ name: claims['name'] as string }], `${sub} (${kind})`);
  }
});

test('no teacher is in two places at once', async (t) => {
  const clashes = await rowsOf(
    database,
    'select teacher_id, start_at from calendar_event group by 1, 2 having count(*) > 1',
  );
  t.deepEqual(clashes, []);
});
