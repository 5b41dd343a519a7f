import test from 'ava';
import { seedDemonstration, story } from '../../../core/demo/index.ts';
import {
  childrenOf,
  classesOfTeacher,
  createProtectionStore,
  findMunicipality,
  findPersonByIdentifier,
  guardiansOf,
  listMunicipalities,
  orgNames,
  rolesOnDate,
  schoolsOf,
} from '../../../core/education/index.ts';
import type { Tx } from '../../../core/db/index.ts';
import { fixedClock, newId } from '../../../core/kernel/index.ts';
import { quietLog, testDatabase, type TestDatabase } from '../../support/database.ts';

const date = '2026-11-24';
const here = story.municipality.id;
let made: TestDatabase;

test.before(async () => {
  made = await testDatabase();
  const clock = fixedClock('2026-11-24T08:00:00Z');
  await seedDemonstration({ database: made.database, clock, log: quietLog, hashIdentifier: (value) => `h:${value}` });
});

test.after.always(() => made[Symbol.asyncDispose]());

const read = <T>(work: (tx: Tx) => Promise<T>, municipality: string = here) =>
  made.database.inTenant(municipality, work, { readOnly: true });

test('municipalities are listed with their names in three languages', async (t) => {
  const all = await made.database.global(listMunicipalities);
  t.deepEqual(
    all.map(({ code }) => code),
    ['000', '049', '564', '837', '853', '092'],
  );
  const vantaa = await made.database.global((tx) => findMunicipality(tx, '092'));
  t.deepEqual(vantaa?.name, { fi: 'Vantaa', sv: 'Vanda', en: 'Vantaa' });
  t.is(await made.database.global((tx) => findMunicipality(tx, '999')), undefined);
});

test('a municipality sees its own schools and nobody else’s', async (t) => {
  const schools = await read((tx) => schoolsOf(tx, here));
  t.is(schools.length, 5);
  t.true(schools.some(({ id, type }) => id === story.school.id && type === '11'));
  const other = (await made.database.global((tx) => findMunicipality(tx, '049')))!;
  t.deepEqual(await read((tx) => schoolsOf(tx, here), other.id), []);
  t.deepEqual(
    await read((tx) => orgNames(tx, here, [story.school.id])),
    new Map([[story.school.id, story.school.name]]),
  );
});

test('roles hold from their first day to the day before their end', async (t) => {
  const person = story.teacher.personId;
  const rolesOn = (day: string) => read((tx) => rolesOnDate(tx, here, { person, date: day }));
  t.like((await rolesOn(date))[0], { role: 'teacher', org: { id: story.school.id, type: 'school' } });
  t.deepEqual(await rolesOn('2024-07-31'), []);
  await made.asOwner(
    `select set_config('digione.municipality', '${here}', false);
     update role set valid_to = '2027-01-08' where person_id = '${person}'`,
  );
  t.is((await rolesOn('2027-01-07')).length, 1);
  t.deepEqual(await rolesOn('2027-01-08'), []);
});

test('a person is found by identifier only in the own municipality', async (t) => {
  const identifier = { scheme: 'mpass-uid', value: 'demo-outi' } as const;
  t.is((await read((tx) => findPersonByIdentifier(tx, here, identifier)))?.id, story.principal.personId);
  const other = (await made.database.global((tx) => findMunicipality(tx, '049')))!;
  t.is(await read((tx) => findPersonByIdentifier(tx, here, identifier), other.id), undefined);
  t.is(await read((tx) => findPersonByIdentifier(tx, here, { ...identifier, scheme: 'username' })), undefined);
});

test('guardianships are read from both ends with their rights', async (t) => {
  const child = story.sharedChild.personId;
  const guardians = await read((tx) => guardiansOf(tx, here, { child, date }));
  t.is(guardians.length, 2);
  const [barred] = await read((tx) => childrenOf(tx, here, { guardian: story.barredGuardian.personId, date }));
  t.like(barred, { child, canSee: false, canDecide: false, notify: false, source: 'court', validFrom: '2024-08-01' });
  const twins = await read((tx) => childrenOf(tx, here, { guardian: story.twinsGuardian.personId, date }));
  t.deepEqual(new Set(twins.map((link) => link.child)), new Set(story.twins.map(({ personId }) => personId)));
});

test('a teacher’s classes are those of the school year', async (t) => {
  const classesOn = (day: string) =>
    read((tx) => classesOfTeacher(tx, here, { teacher: story.teacher.personId, date: day }));
  t.like(await classesOn(date), [{ id: story.class.id, title: '5A', primary: true, classType: 'homeroom' }]);
  t.deepEqual(await classesOn('2027-08-01'), []);
});

test('a protection is added and ended, and one that never began disappears', async (t) => {
  const store = createProtectionStore(made.database);
  const person = story.learner.personId;
  const rows = () =>
    read((tx) =>
      tx.query({ text: 'select kind, valid_from, valid_to from protection where person_id = $1', values: [person] }),
    );
  const first = await store.add(here, { person, kind: 'restriction', source: 'manual', validFrom: '2026-11-01' });
  await store.end(here, first, date);
  t.deepEqual(await rows(), [{ kind: 'restriction', valid_from: '2026-11-01', valid_to: date }]);
  const second = await store.add(here, { person, kind: 'learner-private', source: 'manual', validFrom: date });
  await store.end(here, second, date);
  t.is((await rows()).length, 1);
});

test('a protection of another municipality can’t be ended', async (t) => {
  const store = createProtectionStore(made.database);
  await t.throwsAsync(store.end(here, newId(), date), { message: /no such protection/ });
});
