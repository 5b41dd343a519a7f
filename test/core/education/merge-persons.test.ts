import anyTest from 'ava';
import { documentsFollow } from '../../../core/capabilities/index.ts';
import { consentsFollow } from '../../../core/consent/index.ts';
import { findPersonByIdentifier, mergePersons } from '../../../core/education/index.ts';
import { newId, type Id } from '../../../core/kernel/index.ts';
import { clock, today } from './bundle-fixture.ts';
import { pluginInTown, type PluginInTown } from './plugin-in-town.ts';
import { changed } from './small-school.ts';
import { confirmed, openTowns, type Town, type Towns } from './towns.ts';

/** One after another: each needs several connections. */
const test = anyTest.serial;
let towns: Towns;

anyTest.before(async () => {
  towns = await openTowns();
});
anyTest.after.always(() => towns[Symbol.asyncDispose]());

/** Aada came twice into the register: `l1` with her old number, `l9` with the one that stays. Jari is known from l1 only. */
const doubled = changed({
  users: { l9: 'l9,,,true,,,Aada,Ärri,,g1,1.2.246.562.99.24.9' },
  roles: { r9: 'r9,,,l9,primary,student,2026-08-01,,s,' },
  enrollments: { e9: 'e9,,,c5,s,l9,student,true,2026-08-01,2027-08-01' },
  demographics: { l9: 'l9,,,2015-03-01,' },
});

interface Doubled {
  town: Town;
  plugin: PluginInTown;
  merged: Id;
  kept: Id;
  merge(order?: { kept?: Id; merged?: Id }): Promise<void>;
}

async function doubledAada(files = doubled): Promise<Doubled> {
  const town = await towns.add();
  await town.load(files, confirmed);
  const plugin = pluginInTown(towns.database, clock, town);
  await plugin.enable('s');
  const [merged, kept, by] = [await plugin.person('l1'), await plugin.person('l9'), await plugin.person('t1')];
  const deps = { database: towns.database, clock, followers: [documentsFollow, consentsFollow] };
  const order = { municipality: town.id, kept, merged, by, reason: 'One learner, two numbers' };
  return { town, plugin, merged, kept, merge: (other = {}) => mergePersons(deps, { ...order, ...other }) };
}

test('after a merge the class has one learner, found by both numbers', async (t) => {
  const { town, plugin, kept, merge } = await doubledAada();
  await merge();
  const teacher = await plugin.as('t1', 's');
  t.deepEqual(await teacher.sees(), ['Čuosti Šđŋŧž', 'Aada Ärri', 'Eino Örri']);
  for (const value of ['1.2.246.562.99.24.1', '1.2.246.562.99.24.9']) {
    const identifier = { scheme: 'learner-number', value } as const;
    const found = await towns.database.inTenant(town.id, (tx) => findPersonByIdentifier(tx, town.id, identifier));
    t.is(found?.id, kept, value);
  }
});

test('what plugins stored under either id is one learner’s, and both ids go on meaning that learner', async (t) => {
  const { plugin, merged, kept, merge } = await doubledAada();
  const teacher = await plugin.as('t1', 's');
  for (const person of [merged, kept]) {
    await plugin.consent(person);
    await teacher.write(plugin.pairwise(person), `about ${person === kept ? 'the new' : 'the old'} row`);
  }
  await merge();
  const subject = plugin.pairwise(kept);
  const notes = await teacher.notes();
  t.deepEqual(notes.map(({ value }) => value.text).sort(), ['about the new row', 'about the old row']);
  t.true(notes.every((note) => note.subject === subject));
  t.is((await teacher.notes([plugin.pairwise(merged)])).length, 2);
  await teacher.write(plugin.pairwise(merged), 'under the old id');
  t.is((await teacher.notes([subject])).length, 3);
});

test('a consent that only one of the rows had goes on', async (t) => {
  const { plugin, merged, kept, merge } = await doubledAada();
  await plugin.consent(merged);
  await merge();
  const teacher = await plugin.as('t1', 's');
  await teacher.write(plugin.pairwise(kept), 'still allowed');
  t.is((await teacher.notes()).length, 1);
});

for (const refusedRow of ['merged', 'kept'] as const) {
  test(`a no about the ${refusedRow} row beats a yes about the other`, async (t) => {
    const here = await doubledAada();
    const teacher = await here.plugin.as('t1', 's');
    await here.plugin.consent(here.merged, refusedRow !== 'merged');
    await here.plugin.consent(here.kept, refusedRow !== 'kept');
    await here.merge();
    await t.throwsAsync(teacher.write(here.plugin.pairwise(here.kept), 'x'), { code: 'not-allowed' });
    const states = await here.town.rows('select person_id, state from consent_state');
    t.deepEqual(states, [{ person_id: here.kept, state: 'ConsentRefused' }]);
  });
}

test('words of guardians about either row count together in later decisions', async (t) => {
  const { town, plugin, merged, kept, merge } = await doubledAada();
  const say = (person: Id, by: Id, act: string, at: string) =>
    town.rows(
      `insert into consent_event (municipality_id, id, person_id, plugin, purpose, revision, act, state, by_person_id, by_role, page, buttons, elements, consent_major, at)
       values ($1, $2, $3, 'p', 'notes', 1, $4, 'ConsentGiven', $5, 'guardian', 'x', '{}', '{}', 1, $6)`,
      [town.id, newId(), person, act, by, at],
    );
  const mikko = await plugin.person('g1');
  await say(merged, mikko, 'give', '2026-09-01');
  await say(kept, mikko, 'refuse', '2026-09-02');
  await merge();
  const latest = await town.rows(
    `select distinct on (by_person_id) act from consent_event where person_id = $1 and by_person_id = $2
     order by by_person_id, revision desc`,
    [kept, mikko],
  );
  t.deepEqual(latest, [{ act: 'refuse' }]);
});

test('a guardian whom only one row’s register named waits for confirmation; the others go on', async (t) => {
  const { town, plugin, kept, merge } = await doubledAada();
  await merge();
  const open = await town.rows(
    `select g.guardian_id from guardianship g where g.child_id = $1 and (g.valid_to is null or g.valid_to > $2::date)`,
    [kept, today],
  );
  t.deepEqual(open, [{ guardian_id: await plugin.person('g1') }]);
  const waiting = await town.rows(`select person_id, child_id from pending_access where state = 'waiting'`);
  t.deepEqual(waiting, [{ person_id: await plugin.person('g2'), child_id: kept }]);
});

test('safety entries of both rows hold for the one who stays', async (t) => {
  const { town, plugin, merged, kept, merge } = await doubledAada();
  const protect = (person: Id, kind: string, against: Id | null) =>
    town.rows(
      `insert into protection (municipality_id, id, person_id, kind, against_person_id, source, valid_from)
       values ($1, $2, $3, $4, $5, 'court', '2026-08-01')`,
      [town.id, newId(), person, kind, against],
    );
  await protect(merged, 'custody', await plugin.person('g1'));
  await protect(kept, 'non-disclosure', null);
  await merge();
  const held = await town.rows('select kind from protection where person_id = $1 order by kind', [kept]);
  t.deepEqual(held, [{ kind: 'custody' }, { kind: 'non-disclosure' }]);
});

test('the municipality’s own link that narrows goes on narrowing', async (t) => {
  const { town, plugin, merged, kept, merge } = await doubledAada();
  const link = (child: Id, canSee: boolean) =>
    towns.database.inTenant(town.id, async (tx) =>
      tx.query({
        text: `insert into guardianship (municipality_id, id, guardian_id, child_id, legal, can_see, can_decide, notify, source, valid_from)
          values ($1, $2, $3, $4, true, $5, $5, true, 'court', '2026-08-01')`,
        values: [town.id, newId(), await plugin.person('g1'), child, canSee],
      }),
    );
  await link(merged, false);
  await link(kept, true);
  await merge();
  const court = await town.rows(`select child_id, can_see from guardianship where source = 'court'`);
  t.deepEqual(court, [{ child_id: kept, can_see: false }]);
});

test('an id that was merged twice means the one who stayed last', async (t) => {
  const here = await doubledAada();
  const third = await here.plugin.person('l2');
  await here.town.rows(`update person set birth_date = '2015-03-01' where id = $1`, [third]);
  await here.merge();
  await here.merge({ merged: here.kept, kept: third });
  const teacher = await here.plugin.as('t1', 's');
  await here.plugin.consent(third);
  await teacher.write(here.plugin.pairwise(here.merged), 'twice');
  t.like(await teacher.notes(), [{ subject: here.plugin.pairwise(third) }]);
});

test('two who can’t be one learner are not merged, and nothing has changed', async (t) => {
  const { plugin, town, kept, merged, merge } = await doubledAada();
  const [eino, teacher] = [await plugin.person('l2'), await plugin.person('t1')];
  await t.throwsAsync(merge({ merged: eino }), { code: 'conflict', message: /birth dates/ });
  await t.throwsAsync(merge({ merged: teacher }), { code: 'conflict', message: /another role/ });
  await t.throwsAsync(merge({ merged: newId() }), { code: 'not-found' });
  await t.throwsAsync(merge({ merged: kept }), { code: 'invalid' });
  const codes = [
    ['a'.repeat(64), kept],
    ['b'.repeat(64), merged],
  ];
  for (const [value, person] of codes)
    await town.rows(
      `insert into person_identifier (municipality_id, scheme, value, person_id) values ($1, 'hetu-hash', $2, $3)`,
      [town.id, value, person],
    );
  await t.throwsAsync(merge(), { code: 'conflict', message: /identity codes/ });
  t.deepEqual(await town.rows('select merged_id from person_merge'), []);
  t.is((await town.rows(`select id from person where status = 'active'`)).length, 7);
});

test('learners of another municipality are not merged from here', async (t) => {
  const [here, there] = [await doubledAada(), await doubledAada()];
  await t.throwsAsync(here.merge({ merged: there.merged }), { code: 'not-found' });
  await t.throwsAsync(here.merge({ kept: there.kept, merged: there.merged }), { code: 'not-found' });
});

test('a merge that a follower refuses leaves no trace', async (t) => {
  const { town, kept, merged, plugin } = await doubledAada();
  const refusing = async () => Promise.reject(new Error('no'));
  const order = { municipality: town.id, kept, merged, by: await plugin.person('t1'), reason: 'test' };
  await t.throwsAsync(mergePersons({ database: towns.database, clock, followers: [refusing] }, order), {
    message: 'no',
  });
  t.deepEqual(await (await plugin.as('t1', 's')).sees(), ['Čuosti Šđŋŧž', 'Aada Ärri', 'Aada Ärri', 'Eino Örri']);
});
