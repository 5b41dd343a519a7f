import test from 'ava';
import type { Id } from '../../../core/kernel/index.ts';
import { createProtectionStore } from '../../../core/education/index.ts';
import { today } from './bundle-fixture.ts';
import { changed, smallSchool } from './small-school.ts';
import { confirmed, openTowns, type Towns } from './towns.ts';

let towns: Towns;

test.before(async () => {
  towns = await openTowns();
});

test.after.always(() => towns[Symbol.asyncDispose]());

const town = () => towns.add();

const openLinks = `select g.source_id as guardian, c.source_id as child from guardianship l
  join person g on g.id = l.guardian_id join person c on c.id = l.child_id
  where l.valid_to is null or l.valid_to > '${today}' order by 1, 2`;

test('a clean bundle is loaded without a problem', async (t) => {
  const { load, rows } = await town();
  const report = await load(smallSchool, confirmed);
  t.deepEqual(report.problems, []);
  t.is(report.outcome, 'loaded');
  t.like(report.counts, { users: { added: 6 }, enrollments: { added: 4 }, guardianships: { added: 3, waiting: 0 } });
  const people = await rows('select given_name, family_name, oid, birth_date from person where source_id = $1', ['l3']);
  t.deepEqual(people, [
    { given_name: 'Čuosti', family_name: 'Šđŋŧž', oid: '1.2.246.562.99.24.3', birth_date: '2015-05-01' },
  ]);
});

test('a national identity code is stored only as its hash', async (t) => {
  const { load, rows } = await town();
  await load(smallSchool, confirmed);
  t.deepEqual(await rows(`select scheme, value from person_identifier where scheme = 'hetu-hash'`), [
    { scheme: 'hetu-hash', value: 'hashed-010180-9019' },
  ]);
});

test('a dry run tells everything and keeps nothing', async (t) => {
  const { load, rows } = await town();
  const report = await load(smallSchool, { dryRun: true });
  t.is(report.outcome, 'dry-run');
  t.like(report.counts, { users: { added: 6 }, guardianships: { added: 0, waiting: 3 } });
  t.deepEqual(await rows('select id from person'), []);
  t.deepEqual(await rows('select id from pending_access'), []);
});

test('no import gives a guardian access by itself: new links wait', async (t) => {
  const { load, rows } = await town();
  const first = await load(smallSchool);
  t.like(first.counts.guardianships, { added: 0, waiting: 3 });
  t.deepEqual(await rows(openLinks), []);
  const again = await load(smallSchool);
  t.is(again.counts.guardianships?.waiting, 0, 'what waits is not asked twice');
  t.is((await rows('select id from pending_access')).length, 3);
});

test('an import takes a guardian’s access away at once, and does not give it back', async (t) => {
  const { load, rows } = await town();
  await load(smallSchool, confirmed);
  const without = changed({ users: { l1: 'l1,,,true,,,Aada,Ärri,,g1,1.2.246.562.99.24.1' } });
  t.like((await load(without, { confirm: { removals: true } })).counts.guardianships, { removed: 1, waiting: 0 });
  const left = [
    { guardian: 'g1', child: 'l1' },
    { guardian: 'g1', child: 'l2' },
  ];
  t.deepEqual(await rows(openLinks), left);
  t.like((await load(smallSchool)).counts.guardianships, { added: 0, waiting: 1 });
  t.deepEqual(await rows(openLinks), left);
});

test('even a confirmed import does not pass a custody entry or a decision of the municipality', async (t) => {
  const { id, load, rows } = await town();
  await load(changed({ users: { l1: 'l1,,,true,,,Aada,Ärri,,g1,1.2.246.562.99.24.1' } }), confirmed);
  const [child] = await rows<{ id: Id }>(`select id from person where source_id = 'l1'`);
  const [father] = await rows<{ id: Id }>(`select id from person where source_id = 'g2'`);
  const protections = createProtectionStore(towns.database);
  const entry = {
    person: child!.id,
    kind: 'custody',
    against: father!.id,
    source: 'manual',
    validFrom: today,
  } as const;
  await protections.add(id, entry);
  const before = await rows('select * from protection');
  t.like((await load(smallSchool, confirmed)).counts.guardianships, { added: 0, waiting: 1 });
  t.is((await rows(openLinks)).length, 2);
  t.deepEqual(await rows('select * from protection'), before);
  await rows(
    `insert into guardianship (municipality_id, id, guardian_id, child_id, legal, can_see, can_decide, notify, source, valid_from)
     values ($1, gen_random_uuid(), $2, $3, true, false, false, false, 'court', '2026-01-01')`,
    [id, father!.id, child!.id],
  );
  await load(changed({ users: { l1: 'l1,,,true,,,Aada,Ärri,,,1.2.246.562.99.24.1' } }), confirmed);
  const court = await rows(`select can_see, valid_to from guardianship where source = 'court'`);
  t.deepEqual(court, [{ can_see: false, valid_to: null }], 'the court’s entry is not the import’s to end');
});

test('a role over a whole school waits for confirmation, and is taken away at once', async (t) => {
  const { load, rows } = await town();
  const withPrincipal = changed({ roles: { r7: 'r7,,,t1,primary,principal,2026-08-01,,s,' } });
  const principals = `select valid_to from role where role = 'principal'`;
  t.is((await load(withPrincipal)).counts.waitingRoles, 1);
  t.deepEqual(await rows(principals), []);
  t.is((await load(withPrincipal, confirmed)).counts.waitingRoles, 0);
  t.deepEqual(await rows(principals), [{ valid_to: null }]);
  await load(smallSchool, { confirm: { removals: true } });
  t.deepEqual(await rows(principals), [{ valid_to: today }]);
});

test('a bulk load that would remove more than a tenth stops and keeps nothing of itself', async (t) => {
  const { load, rows } = await town();
  await load(smallSchool, confirmed);
  const fewer = changed({ enrollments: { e4: undefined, e5: 'e5,,,c6,s,l3,student,true,2026-08-01,2027-08-01' } });
  const stopped = await load(fewer);
  t.is(stopped.outcome, 'stopped');
  t.deepEqual(stopped.tooMuchRemoved, ['enrollments']);
  t.like(stopped.counts.enrollments, { added: 1, removed: 1 });
  t.deepEqual(
    await rows(`select source_id from enrollment where source_id in ('e4', 'e5') and valid_to > $1`, [today]),
    [{ source_id: 'e4' }],
  );
  t.is((await load(fewer, { removalLimit: 0.5 })).outcome, 'loaded');
  t.is((await load(smallSchool, { confirm: { removals: true } })).outcome, 'loaded');
});

test('whoever leaves the roster is marked, and keeps no role, class or child', async (t) => {
  const { load, rows } = await town();
  await load(smallSchool, confirmed);
  const gone = { users: { g2: undefined }, roles: { r6: undefined } };
  await load(changed(gone), { confirm: { removals: true } });
  t.deepEqual(await rows(`select status from person where source_id = 'g2'`), [{ status: 'tobedeleted' }]);
  t.deepEqual(
    (await rows<{ guardian: string }>(openLinks)).filter(({ guardian }) => guardian === 'g2'),
    [],
  );
  t.like((await load(smallSchool)).counts, { users: { changed: 1 }, guardianships: { waiting: 1 } });
});

test('a learner who changes class under the same enrolment keeps the history', async (t) => {
  const { load, rows } = await town();
  await load(smallSchool, confirmed);
  await load(changed({ enrollments: { e2: 'e2,,,c6,s,l1,student,true,2026-08-01,2027-08-01' } }), confirmed);
  const classes = await rows(
    `select c.title, e.valid_from, e.valid_to from enrollment e join class c on c.id = e.class_id
     join person p on p.id = e.person_id where p.source_id = 'l1' order by 1`,
  );
  t.deepEqual(classes, [
    { title: '5A', valid_from: '2026-08-01', valid_to: today },
    { title: '6A', valid_from: today, valid_to: '2027-08-01' },
  ]);
});

test('a learner who comes under a new sourcedId is found by the learner number, a merged one too', async (t) => {
  const { id, load, rows } = await town();
  await load(smallSchool, confirmed);
  const [learner] = await rows<{ id: Id }>(`select id from person where source_id = 'l3'`);
  await rows(`insert into person_identifier values ($1, 'learner-number', '1.2.246.562.99.24.33', $2)`, [
    id,
    learner!.id,
  ]);
  const renumbered = changed({
    users: { l3: undefined, n3: 'n3,,,true,,,Čuosti,Šđŋŧž,,,1.2.246.562.99.24.33' },
    roles: { r4: 'r4,,,n3,primary,student,2026-08-01,,s,' },
    enrollments: { e4: 'e4,,,c5,s,n3,student,true,2026-08-01,2027-08-01' },
    demographics: { l3: undefined },
  });
  const report = await load(renumbered);
  t.like(report.counts.users, { added: 0, changed: 1, removed: 0 });
  t.deepEqual(await rows('select id, oid from person where source_id = $1', ['n3']), [
    { id: learner!.id, oid: '1.2.246.562.99.24.33' },
  ]);
});

test('a delta changes only what it names', async (t) => {
  const { load, rows } = await town();
  await load(smallSchool, confirmed);
  const [header] = smallSchool.users;
  const delta = {
    users: [
      header,
      'l2,active,2026-11-20T10:00:00Z,true,,,Eino Uusi,Örri,,g1,1.2.246.562.99.24.2',
      'l3,tobedeleted,2026-11-20T10:00:00Z,,,,,,,,',
    ],
  };
  const report = await load(delta, { mode: 'delta', confirm: { removals: true } });
  t.deepEqual(report.problems, []);
  t.like(report.counts.users, { added: 0, changed: 1, removed: 1 });
  t.deepEqual(await rows(`select source_id, given_name, status from person where source_id like 'l%' order by 1`), [
    { source_id: 'l1', given_name: 'Aada', status: 'active' },
    { source_id: 'l2', given_name: 'Eino Uusi', status: 'active' },
    { source_id: 'l3', given_name: 'Čuosti', status: 'tobedeleted' },
  ]);
});

test('two imports of one municipality at the same time: the second is refused', async (t) => {
  const { id, load } = await town();
  await towns.database.inTenant(id, async (tx) => {
    await tx.query({ text: `select pg_advisory_xact_lock(hashtext('education import'), hashtext($1))`, values: [id] });
    await t.throwsAsync(load(smallSchool), { message: /Another import/ });
  });
  t.is((await load(smallSchool)).outcome, 'loaded');
});

test('two municipalities with the same sourcedIds don’t meet', async (t) => {
  const [one, two] = [await town(), await town()];
  await one.load(smallSchool, confirmed);
  await two.load(changed({ users: { l1: 'l1,,,true,,,Muu,Nimi,,,1.2.246.562.99.24.1' } }), confirmed);
  t.deepEqual(await one.rows(`select given_name from person where source_id = 'l1'`), [{ given_name: 'Aada' }]);
  t.deepEqual(await two.rows(`select given_name from person where source_id = 'l1'`), [{ given_name: 'Muu' }]);
});
