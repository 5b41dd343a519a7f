import test from 'ava';
import type { Manifest } from '@digione/sdk/manifest';
import { type Id, newId } from '../../../core/kernel/index.ts';
import { sampleManifest } from '../marketplace/sample-plugin.ts';
import { actor } from '../marketplace/school-world.ts';
import { type Installed, nobody, type PluginWorld, pluginWorld } from '../plugins/plugin-world.ts';
import { pluginFor, schoolRecords, scopeOf, studentsScope } from './school-records.ts';

const [notes] = sampleManifest().collections as [Manifest['collections'][number]];
const seats = { ...notes, name: 'seats', subject: false, purpose: 'class-list', indexes: [] };
const diary = { ...notes, name: 'diary', subject: true, purpose: 'class-list', learnerOwned: true, indexes: [] };

let world: PluginWorld;
let records: ReturnType<typeof schoolRecords>;
let plugin: Installed;
let aino: string;
test.before(async () => {
  world = await pluginWorld();
  records = schoolRecords(world);
  const storage = scopeOf('storage', ['storage.seats', 'storage.diary']);
  plugin = await world.install({
    manifest: pluginFor('desk', [studentsScope, storage], { collections: [seats, diary] }),
  });
  const { students } = (await plugin.ask('education.students', {})).value as {
    students: { id: string; givenName: string }[];
  };
  aino = students.find(({ givenName }) => givenName === 'Aino')!.id;
});
test.after.always(async () => {
  await world[Symbol.asyncDispose]();
});

const put = (id: string, text: string, more: object = {}) => ({
  put: { collection: 'seats', id, value: { text }, ...more },
});
const transact = (operations: object[], of = plugin) => of.ask('storage.transaction', { operations });
const textOf = async (id: string) =>
  (
    (await plugin.ask('storage.get', { collection: 'seats', id })).value as {
      record: { value: { text: string }; updatedAt: string } | null;
    }
  ).record;

test.serial('writes of one transaction happen together', async (t) => {
  const done = await transact([
    put('one', 'a'),
    put('two', 'b'),
    { put: { collection: 'diary', subject: aino, value: { text: 'c' } } },
  ]);
  t.like(done.value, { committed: true, results: { 0: { id: 'one' }, 1: { id: 'two' } } });
  t.deepEqual(
    (
      await transact([
        { remove: { collection: 'seats', id: 'one' } },
        put('two', 'bb'),
        { remove: { collection: 'seats', id: 'none' } },
      ])
    ).value,
    {
      committed: true,
      results: [{ removed: true }, { id: 'two' }, { removed: false }],
    },
  );
  t.is(await textOf('one'), null);
  t.is((await textOf('two'))?.value.text, 'bb');
});

test.serial('or not at all: one that is refused undoes all', async (t) => {
  const stranger = { put: { collection: 'diary', subject: nobody(), value: { text: 'x' } } };
  t.is((await transact([put('three', 'a'), stranger])).code, 'not-allowed');
  t.is((await transact([put('three', 'a'), put('four', 'x'.repeat(201))])).code, 'invalid-argument');
  t.is(await textOf('three'), null);
});

test.serial('a record that was changed since it was read stops the transaction', async (t) => {
  await transact([put('five', 'first')]);
  const read = (await textOf('five'))!.updatedAt;
  t.like((await transact([put('five', 'second', { ifUpdatedAt: read })])).value, { committed: true });
  t.deepEqual((await transact([put('six', 'x'), put('five', 'third', { ifUpdatedAt: read })])).value, {
    committed: false,
    results: [],
  });
  t.like((await transact([{ remove: { collection: 'seats', id: 'five', ifUpdatedAt: read } }])).value, {
    committed: false,
  });
  t.like(
    (await transact([put('five', 'third', { ifUpdatedAt: null })])).value,
    { committed: false },
    'there must be none',
  );
  t.is((await textOf('five'))?.value.text, 'second');
  t.is(await textOf('six'), null);
  t.like((await transact([put('six', 'x', { ifUpdatedAt: null })])).value, { committed: true });
});

test.serial('of two that read the same record, one starts again: no change is lost', async (t) => {
  await transact([put('count', '0')]);
  const add = async (): Promise<void> => {
    const before = (await textOf('count'))!;
    const next = put('count', String(Number(before.value.text) + 1), { ifUpdatedAt: before.updatedAt });
    if (!((await transact([next])).value as { committed: boolean }).committed) await add();
  };
  await Promise.all([add(), add(), add()]);
  t.is((await textOf('count'))?.value.text, '3');
});

test.serial('without the scope, or in another shape, no transaction', async (t) => {
  const none = await world.install({ manifest: pluginFor('no-desk', [studentsScope]) });
  t.is((await transact([put('x', 'y')], none)).code, 'scope-missing');
  for (const operations of [
    [],
    [{}],
    [{ put: {} }],
    [{ remove: { collection: 'seats' } }],
    [put('x', 'y', { ifUpdatedAt: 'today' })],
    Array.from({ length: 51 }, () => put('x', 'y')),
  ])
    t.is((await transact(operations)).code, 'invalid-argument', JSON.stringify(operations).slice(0, 60));
  t.is((await transact([{ put: { collection: 'unknown', value: {} } }])).code, 'not-found');
});

test.serial(
  "a learner's own records follow to the next school, where they are read and changed in place",
  async (t) => {
    const { municipality, otherSchool, administrator } = world.town;
    const [child] = world.town.learners as [Id, Id];
    const { value } = await plugin.ask('storage.put', {
      collection: 'diary',
      id: 'page',
      subject: aino,
      value: { text: 'I read a book' },
    });
    t.like(value, { id: 'page' });
    const [teacher, next] = [newId(), newId()];
    await records.query(
      `insert into person (municipality_id, id, given_name, family_name) values ($1, $2, 'Next', 'Test')`,
      [municipality, teacher],
    );
    await records.query(
      `insert into class (municipality_id, id, title, class_type, school_id) values ($1, $2, '7B', 'homeroom', $3)`,
      [municipality, next, otherSchool],
    );
    await records.query(
      `insert into role (municipality_id, id, person_id, role, org_id, valid_from) values ($1, $2, $3, 'teacher', $4, '2026-08-01')`,
      [municipality, newId(), teacher, otherSchool],
    );
    for (const [who, role] of [
      [teacher, 'teacher'],
      [child, 'student'],
    ])
      await records.query(
        `insert into enrollment (municipality_id, id, class_id, person_id, role, school_id, valid_from) values ($1, $2, $3, $4, $5, $6, '2026-08-01')`,
        [municipality, newId(), next, who, role, otherSchool],
      );
    await world.service.send(administrator, 'POST', '/api/municipality/enablements', {
      plugin: plugin.plugin,
      school: otherSchool,
    });
    const there = actor({ municipality, code: '049', who: teacher, role: 'teacher', school: otherSchool });
    const get = async (who = there) =>
      (await plugin.ask('storage.get', { collection: 'diary', id: 'page' }, who)).value;
    t.like(await get(), { record: { value: { text: 'I read a book' }, subject: aino } });
    t.is(
      (
        await plugin.ask(
          'storage.put',
          { collection: 'diary', id: 'page', subject: aino, value: { text: 'And another' } },
          there,
        )
      ).code,
      undefined,
    );
    t.like(await get(world.town.teacher), { record: { value: { text: 'And another' } } }, 'one record, not two');
    const listed = (await plugin.ask('storage.list', { collection: 'diary' }, there)).value as { records: object[] };
    t.true(listed.records.length >= 1);
    t.like(
      (await plugin.ask('storage.get', { collection: 'seats', id: 'two' }, there)).value,
      { record: null },
      'other records stay in their school',
    );
    t.deepEqual((await plugin.ask('storage.remove', { collection: 'diary', id: 'page' }, there)).value, {
      removed: true,
    });
    t.like(await get(world.town.teacher), { record: null });
  },
);
