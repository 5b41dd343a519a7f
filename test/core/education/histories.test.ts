import anyTest from 'ava';
import { fixedClock } from '../../../core/kernel/index.ts';
import type { BundleFiles } from './bundle-fixture.ts';
import { pluginInTown, type PluginInTown } from './plugin-in-town.ts';
import { changed, smallSchool } from './small-school.ts';
import { confirmed, openTowns, type Town, type Towns } from './towns.ts';

/** One after another: each needs several connections. */
const test = anyTest.serial;
let towns: Towns;

anyTest.before(async () => {
  towns = await openTowns();
});
anyTest.after.always(() => towns[Symbol.asyncDispose]());

const autumn = () => fixedClock('2026-11-24T08:00:00Z', '2026-11-24');

interface Place {
  town: Town;
  plugin: PluginInTown;
  clock: ReturnType<typeof autumn>;
  /** A roster as of the clock's day, its changes confirmed. */
  load(files: BundleFiles): Promise<unknown>;
}

/** A second school and a second teacher beside the small school, so that somebody can move. */
const twoSchools = changed({
  orgs: { s2: 's2,,,Toinen koulu,school,,d' },
  classes: { d5: 'd5,,,5D,5,,,homeroom,,s2,y,,,' },
  users: { t2: 't2,,,true,opettaja2,,Tiina,Uusi,,,' },
  roles: { r8: 'r8,,,t2,primary,teacher,2026-08-01,,s2,', r9: 'r9,,,t2,primary,teacher,2026-08-01,,s,' },
  enrollments: { e8: 'e8,,,d5,s2,t2,teacher,true,2026-08-01,2027-08-01' },
});

async function place(files: BundleFiles = twoSchools): Promise<Place> {
  const [town, clock] = [await towns.add(), autumn()];
  const load = (roster: BundleFiles) => town.load(roster, { ...confirmed, clock });
  await load(files);
  return { town, clock, load, plugin: pluginInTown(towns.database, clock, town) };
}

/** The notes of a teacher about Aada, with the consent that they need. */
async function noteAboutAada({ plugin }: Place): Promise<{ aada: string; called: string }> {
  await plugin.enable('s');
  const aada = await plugin.person('l1');
  await plugin.consent(aada);
  const called = plugin.pairwise(aada);
  const teacher = await plugin.as('t1', 's');
  await teacher.write(called, 'reads well');
  return { aada, called };
}

const textsOf = (notes: { value: { text: string } }[]) => notes.map(({ value }) => value.text);

/** Next year: the class is 6A with another teacher, the old class has ended, Aada and Eino have moved up. */
const nextYear = {
  ...changed({
    academicSessions: { y: undefined, y2: 'y2,,,2027-2028,schoolYear,2027-08-10,2028-06-03,,2028' },
    classes: { c5: undefined, c6: 'c6,,,6A,6,,,homeroom,,s,y2,,,' },
    users: { t2: 't2,,,true,opettaja2,,Tiina,Uusi,,,' },
    roles: { r9: 'r9,,,t2,primary,teacher,2026-08-01,,s,' },
    enrollments: {
      e1: undefined,
      e2: undefined,
      e3: undefined,
      e4: undefined,
      f1: 'f1,,,c6,s,t2,teacher,true,2027-08-10,2028-08-01',
      f2: 'f2,,,c6,s,l1,student,true,2027-08-10,2028-08-01',
      f3: 'f3,,,c6,s,l2,student,true,2027-08-10,2028-08-01',
    },
  }),
};

test('when the school year rolls over, the new teacher sees the class and its notes, and the old one nothing', async (t) => {
  const here = await place();
  const { called } = await noteAboutAada(here);
  here.clock.set('2027-08-10T08:00:00Z', '2027-08-10');
  await here.load(nextYear);
  const [old, fresh] = [await here.plugin.as('t1', 's'), await here.plugin.as('t2', 's')];
  t.deepEqual(await old.sees(), []);
  t.deepEqual(await old.notes(), []);
  t.deepEqual(await fresh.sees(), ['Aada Ärri', 'Eino Örri']);
  t.like(await fresh.notes(), [{ subject: called, value: { text: 'reads well' } }]);
});

/** What stands about the learner in the tables: the texts that plugins keep, and the consent. */
async function kept({ town }: Place, learner: string) {
  const documents = await town.rows<{ body: { text: string } }>(
    'select body from document where subject_id = $1 order by created_at',
    [learner],
  );
  const consents = await town.rows(
    'select plugin, purpose, state, valid, elements from consent_state where person_id = $1 order by plugin, purpose',
    [learner],
  );
  return { texts: documents.map(({ body }) => body.text), consents };
}

test('a consent that was withdrawn stays so over the new year: the new teacher sees the learner, not the notes', async (t) => {
  const here = await place();
  const { aada, called } = await noteAboutAada(here);
  await here.plugin.consent(aada, false);
  const before = await kept(here, aada);
  here.clock.set('2027-08-10T08:00:00Z', '2027-08-10');
  await here.load(nextYear);
  const fresh = await here.plugin.as('t2', 's');
  t.true((await fresh.sees()).includes('Aada Ärri'));
  t.deepEqual(await fresh.notes(), []);
  await t.throwsAsync(fresh.write(called, 'x'), { code: 'not-allowed' });
  t.deepEqual(await kept(here, aada), before);
  await here.plugin.consent(aada);
  t.deepEqual(textsOf(await fresh.notes()), ['reads well'], 'nothing was lost');
});

test('the new year leaves every text and every consent as it was', async (t) => {
  const here = await place();
  const { aada } = await noteAboutAada(here);
  const before = await kept(here, aada);
  t.deepEqual(before.texts, ['reads well']);
  t.is(before.consents.length, 1);
  here.clock.set('2027-08-10T08:00:00Z', '2027-08-10');
  await here.load(nextYear);
  t.deepEqual(await kept(here, aada), before);
});

test('the year that has ended stays as history: who was where, from when to when', async (t) => {
  const here = await place();
  here.clock.set('2027-08-10T08:00:00Z', '2027-08-10');
  await here.load(nextYear);
  const rows = await here.town.rows(
    `select c.title, c.status, e.valid_from, e.valid_to from enrollment e
     join class c on c.municipality_id = e.municipality_id and c.id = e.class_id
     join person p on p.municipality_id = e.municipality_id and p.id = e.person_id
     where p.source_id = 'l1' order by e.valid_from`,
  );
  t.deepEqual(rows, [
    { title: '5A', status: 'tobedeleted', valid_from: '2026-08-01', valid_to: '2027-08-01' },
    { title: '6A', status: 'active', valid_from: '2027-08-10', valid_to: '2028-08-01' },
  ]);
});

/** Aada is in the other school's class from 1 December. */
const moved = {
  ...twoSchools,
  roles: [...twoSchools.roles.filter((row) => !row.startsWith('r2,')), 'r2b,,,l1,primary,student,2026-12-01,,s2,'],
  enrollments: [
    ...twoSchools.enrollments.filter((row) => !row.startsWith('e2,')),
    'e9,,,d5,s2,l1,student,true,2026-12-01,2027-08-01',
  ],
} as const;

test('a learner who moves to another school is seen by the new teacher only', async (t) => {
  const here = await place();
  await noteAboutAada(here);
  await here.plugin.enable('s2');
  here.clock.set('2026-12-01T08:00:00Z', '2026-12-01');
  await here.load(moved);
  const [old, fresh] = [await here.plugin.as('t1', 's'), await here.plugin.as('t2', 's2')];
  t.deepEqual(await old.sees(), ['Čuosti Šđŋŧž', 'Eino Örri']);
  t.deepEqual(await fresh.sees(), ['Aada Ärri']);
});

test('what the old school’s plugin kept stays there, unseen; the consent goes on in the new school', async (t) => {
  const here = await place();
  const { aada, called } = await noteAboutAada(here);
  await here.plugin.enable('s2');
  here.clock.set('2026-12-01T08:00:00Z', '2026-12-01');
  await here.load(moved);
  const [old, fresh] = [await here.plugin.as('t1', 's'), await here.plugin.as('t2', 's2')];
  t.deepEqual(await old.notes(), []);
  t.deepEqual(await fresh.notes(), []);
  await fresh.write(called, 'new here');
  t.deepEqual(textsOf(await fresh.notes()), ['new here']);
  const kept = await here.town.rows('select body from document where subject_id = $1 order by created_at', [aada]);
  t.deepEqual(kept, [{ body: { text: 'reads well' } }, { body: { text: 'new here' } }]);
});

test('a learner who comes back to the old school is known there, with what was kept', async (t) => {
  const here = await place();
  const { called } = await noteAboutAada(here);
  here.clock.set('2026-12-01T08:00:00Z', '2026-12-01');
  await here.load(moved);
  here.clock.set('2027-01-10T08:00:00Z', '2027-01-10');
  await here.load(twoSchools);
  const teacher = await here.plugin.as('t1', 's');
  t.like(await teacher.notes(), [{ subject: called, value: { text: 'reads well' } }]);
});

const withoutAada = changed({
  users: { l1: undefined },
  roles: { r2: undefined },
  enrollments: { e2: undefined },
  demographics: { l1: undefined },
});

test('a learner who moves to another municipality is known there anew: other ids, no documents, consent asked again', async (t) => {
  const [from, to] = [await place(smallSchool), await place(smallSchool)];
  const { called } = await noteAboutAada(from);
  await to.load(withoutAada);
  await from.load(withoutAada);
  await to.load(smallSchool);
  await to.plugin.enable('s');
  t.deepEqual(await (await from.plugin.as('t1', 's')).sees(), ['Čuosti Šđŋŧž', 'Eino Örri']);
  t.deepEqual(await (await from.plugin.as('t1', 's')).notes(), []);
  const arrived = await to.plugin.as('t1', 's');
  t.true((await arrived.sees()).includes('Aada Ärri'));
  const newName = to.plugin.pairwise(await to.plugin.person('l1'));
  t.not(newName, called);
  t.deepEqual(await arrived.notes(), []);
  await t.throwsAsync(arrived.write(newName, 'x'), { code: 'not-allowed' });
  await t.throwsAsync(arrived.write(called, 'x'), { code: 'not-allowed' });
});

test('what the municipality that was left has kept is still its own to keep or erase, and no part of the other', async (t) => {
  const [from, to] = [await place(smallSchool), await place(smallSchool)];
  const { aada } = await noteAboutAada(from);
  const before = await kept(from, aada);
  await from.load(withoutAada);
  await to.plugin.enable('s');
  const there = await to.plugin.person('l1');
  t.deepEqual(await kept(from, aada), before);
  t.deepEqual(before.texts, ['reads well']);
  t.deepEqual(await kept(to, there), { texts: [], consents: [] });
  await to.plugin.consent(there);
  const teacher = await to.plugin.as('t1', 's');
  await teacher.write(to.plugin.pairwise(there), 'is new here');
  t.deepEqual(await kept(from, aada), before, 'a consent and a text there change nothing here');
  const foreign = await to.town.rows('select 1 from document where subject_id = $1', [aada]);
  t.deepEqual(foreign, []);
});

test('a refused consent stays refused under the new name, and texts and consents are untouched', async (t) => {
  const here = await place(smallSchool);
  const { aada } = await noteAboutAada(here);
  await here.plugin.consent(aada, false);
  const before = await kept(here, aada);
  await here.load(changed({ users: { l1: 'l1,,,true,,,Aatu,Uusinimi,,"g1,g2",1.2.246.562.99.24.1' } }));
  const teacher = await here.plugin.as('t1', 's');
  t.true((await teacher.sees()).includes('Aatu Uusinimi'));
  t.deepEqual(await teacher.notes(), []);
  t.deepEqual(await kept(here, aada), before);
});

test('a learner who returns from another municipality under a new roster id is the same learner', async (t) => {
  const here = await place(smallSchool);
  const { aada, called } = await noteAboutAada(here);
  await here.load(withoutAada);
  here.clock.set('2027-01-10T08:00:00Z', '2027-01-10');
  await here.load({
    ...withoutAada,
    users: [...withoutAada.users, 'back,,,true,,,Aada,Ärri,,"g1",1.2.246.562.99.24.1'],
    roles: [...withoutAada.roles, 'r20,,,back,primary,student,2027-01-10,,s,'],
    enrollments: [...withoutAada.enrollments, 'e20,,,c5,s,back,student,true,2027-01-10,2027-08-01'],
    demographics: [...withoutAada.demographics, 'back,,,2015-03-01,'],
  });
  t.is(await here.plugin.person('back'), aada);
  t.like(await (await here.plugin.as('t1', 's')).notes(), [{ subject: called, value: { text: 'reads well' } }]);
});

test('a learner with a new name is the same one to the plugin, and the old name is nowhere in sight', async (t) => {
  const here = await place(smallSchool);
  const { aada, called } = await noteAboutAada(here);
  await here.load(changed({ users: { l1: 'l1,,,true,,,Aatu,Uusinimi,,"g1,g2",1.2.246.562.99.24.1' } }));
  const teacher = await here.plugin.as('t1', 's');
  t.is(await here.plugin.person('l1'), aada);
  t.true((await teacher.sees()).includes('Aatu Uusinimi'));
  t.false((await teacher.sees()).some((name) => name.includes('Aada')));
  t.like(await teacher.notes(), [{ subject: called, value: { text: 'reads well' } }]);
});

test('a new learner number of the same roster row changes nothing, and both numbers find the learner', async (t) => {
  const here = await place(smallSchool);
  const { aada, called } = await noteAboutAada(here);
  await here.load(changed({ users: { l1: 'l1,,,true,,,Aada,Ärri,,"g1,g2",1.2.246.562.99.24.9' } }));
  const numbers = await here.town.rows(
    `select value from person_identifier where person_id = $1 and scheme = 'learner-number' order by value`,
    [aada],
  );
  t.deepEqual(numbers, [{ value: '1.2.246.562.99.24.1' }, { value: '1.2.246.562.99.24.9' }]);
  t.like(await (await here.plugin.as('t1', 's')).notes(), [{ subject: called }]);
});
