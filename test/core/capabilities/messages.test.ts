import test from 'ava';
import type { Manifest } from '@digione/sdk/manifest';
import { type Id, newId } from '../../../core/kernel/index.ts';
import { sampleManifest } from '../marketplace/sample-plugin.ts';
import { actor } from '../marketplace/school-world.ts';
import { type Installed, type PluginWorld, pluginWorld } from '../plugins/plugin-world.ts';

let world: PluginWorld;
let plugin: Installed;
test.before(async () => {
  world = await pluginWorld();
  const [studentsScope] = sampleManifest().scopes as [Manifest['scopes'][number], Manifest['scopes'][number]];
  const scope = { ...studentsScope, capability: 'messages', elements: [] } as unknown as Manifest['scopes'][number];
  const manifest = sampleManifest({ id: 'demo-vendor/post', scopes: [studentsScope, scope], collections: [] });
  plugin = await world.install({ manifest });
});
test.after.always(async () => {
  await world[Symbol.asyncDispose]();
});

const query = (text: string, values: unknown[] = []) =>
  world.database.inTenant(world.town.municipality, (tx) => tx.query({ text, values }));

async function guardianOf(child: Id, more: { notify?: boolean; canSee?: boolean } = {}): Promise<Id> {
  const id = newId();
  const { municipality } = world.town;
  await query(`insert into person (municipality_id, id, given_name, family_name) values ($1, $2, 'G', 'Test')`, [
    municipality,
    id,
  ]);
  await query(
    `insert into guardianship (municipality_id, id, guardian_id, child_id, legal, can_see, can_decide, notify, source, valid_from)
     values ($1, $2, $3, $4, true, $5, true, $6, 'register', '2020-01-01')`,
    [municipality, newId(), id, child, more.canSee ?? true, more.notify ?? true],
  );
  return id;
}

const protect = (child: Id, kind: string, against: Id | null) =>
  query(
    `insert into protection (municipality_id, id, person_id, kind, against_person_id, source, valid_from)
     values ($1, $2, $3, $4, $5, 'test', '2020-01-01')`,
    [world.town.municipality, newId(), child, kind, against],
  );

const send = (subject: string, more: object = {}) =>
  plugin.ask('messages.send', { subject, to: 'guardians', title: 'Trip', text: 'Bring boots.', ...more });

async function subjects(): Promise<string[]> {
  const { value } = await plugin.ask('education.students', {});
  return (value as { students: { id: string; givenName: string }[] }).students
    .toSorted((one, other) => one.givenName.localeCompare(other.givenName))
    .map(({ id }) => id);
}

const as = (who: Id, role: 'guardian' | 'student') =>
  actor({ municipality: world.town.municipality, code: '049', who, role, school: world.town.school });

async function inbox(who: Id, role: 'guardian' | 'student' = 'guardian') {
  const { body } = await world.service.send(as(who, role), 'GET', '/api/inbox');
  return body as unknown as { items: { id: string; title: string; text: string; read: boolean }[]; unread: number };
}

test.serial('a message reaches the guardians who are told of the child, and the learner when asked for', async (t) => {
  const [child] = world.town.learners as [Id, Id];
  const [aino] = (await subjects()) as [string];
  const told = await guardianOf(child);
  const others = [await guardianOf(child, { notify: false }), await guardianOf(child, { canSee: false }), newId()];
  t.is((await send(aino, { purpose: 'class-list' })).code, undefined);
  t.like((await inbox(told)).items[0], { title: 'Trip', text: 'Bring boots.', read: false });
  for (const other of [...others, world.town.teacher.person]) t.deepEqual((await inbox(other)).items, []);
  t.deepEqual((await inbox(child, 'student')).items, []);
  await send(aino, { to: 'learner', title: 'For you' });
  await send(aino, { to: 'both', title: 'For all' });
  t.deepEqual(
    (await inbox(child, 'student')).items.map(({ title }) => title),
    ['For all', 'For you'],
  );
  t.deepEqual(
    (await inbox(told)).items.map(({ title }) => title),
    ['For all', 'Trip'],
  );
});

test.serial('a message is marked as read by its reader alone', async (t) => {
  const [child] = world.town.learners as [Id, Id];
  const [aino] = (await subjects()) as [string];
  const [reader, other] = [await guardianOf(child), newId()];
  await send(aino);
  const [message] = (await inbox(reader)).items;
  const path = `/api/inbox/${message?.id}/read`;
  t.is((await world.service.send(as(other, 'guardian'), 'POST', path, {})).status, 404);
  t.is((await world.service.send(undefined, 'POST', path, {})).status, 401);
  t.is((await world.service.send(as(reader, 'guardian'), 'POST', path, {})).status, 204);
  t.like(await inbox(reader), { unread: 0 });
});

test.serial(
  'a barred parent gets nothing, nor what came before; of a protected child only the named list is told',
  async (t) => {
    const [, child] = world.town.learners as [Id, Id];
    const [, onni] = (await subjects()) as [string, string];
    const [barred, safe] = [await guardianOf(child), await guardianOf(child)];
    await send(onni, { title: 'before' });
    t.deepEqual([(await inbox(barred)).items.length, (await inbox(safe)).items.length], [1, 1]);
    await protect(child, 'custody', barred);
    const answer = await send(onni, { title: 'after' });
    t.deepEqual(Object.keys(answer.value as object), ['id'], 'the plugin is not told who got it');
    t.deepEqual([(await inbox(barred)).items.length, (await inbox(safe)).items.length], [0, 2]);
    await protect(child, 'non-disclosure', null);
    t.is((await send(onni, { title: 'hidden' })).code, undefined);
    t.deepEqual((await inbox(safe)).items, []);
  },
);

test.serial('without the scope, about a stranger or in another shape nothing is sent', async (t) => {
  const none = await world.install({ manifest: sampleManifest({ id: 'demo-vendor/no-post' }) });
  const [aino] = (await subjects()) as [string];
  const good = { subject: aino, to: 'guardians', title: 'x', text: 'x' };
  t.is((await none.ask('messages.send', good)).code, 'scope-missing');
  const wrong: [object, string][] = [
    [{ subject: 'nobody' }, 'not-allowed'],
    [{ to: 'everybody' }, 'invalid-argument'],
    [{ title: '' }, 'invalid-argument'],
    [{ title: 'a\nb' }, 'invalid-argument'],
    [{ text: '' }, 'invalid-argument'],
    [{ text: 'x'.repeat(4001) }, 'invalid-argument'],
    [{ purpose: 'other' }, 'scope-missing'],
    [{ more: 1 }, 'invalid-argument'],
  ];
  for (const [change, code] of wrong) t.is((await send(aino, change)).code, code, JSON.stringify(change).slice(0, 60));
});
