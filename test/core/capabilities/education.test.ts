import test from 'ava';
import { sampleManifest } from '../marketplace/sample-plugin.ts';
import { nobody, type PluginWorld, pluginWorld } from '../plugins/plugin-world.ts';

let world: PluginWorld;
test.before(async () => {
  world = await pluginWorld();
});
test.after.always(async () => {
  await world[Symbol.asyncDispose]();
});

type Scope = ReturnType<typeof sampleManifest>['scopes'][number];

const [studentsScope] = sampleManifest().scopes as [Scope];
const classesScope: Scope = { ...studentsScope, capability: 'education.classes', elements: ['classes.title'] };

const withScopes = (name: string, scopes: Scope[]) =>
  sampleManifest({ id: `demo-vendor/${name}`, scopes, collections: [] });

interface Students {
  students: { id: string; givenName?: string; familyName?: string; email?: string }[];
  next?: string;
}

test.serial('a plugin gets the learners of the own class, with exactly the agreed fields', async (t) => {
  const { ask } = await world.install();
  const { value } = await ask('education.students', {});
  const { students } = value as Students;
  t.deepEqual(students.map(({ givenName }) => givenName).sort(), ['Aino', 'Onni']);
  for (const student of students) t.deepEqual(Object.keys(student).sort(), ['familyName', 'givenName', 'id']);
});

test.serial('ids are pairwise: another plugin sees other ids of the same learners', async (t) => {
  const one = await world.install({ manifest: withScopes('one', [studentsScope]) });
  const other = await world.install({ manifest: withScopes('other', [studentsScope]) });
  const ids = async (ask: typeof one.ask) =>
    ((await ask('education.students', {})).value as Students).students.map(({ id }) => id);
  const [first, second] = [await ids(one.ask), await ids(other.ask)];
  t.deepEqual(
    first.filter((id) => second.includes(id)),
    [],
  );
  t.deepEqual(
    [...first, ...second].filter((id) => world.town.learners.includes(id)),
    [],
  );
});

test.serial('the own classes, and their learners alone', async (t) => {
  const { ask } = await world.install({ manifest: withScopes('classes', [studentsScope, classesScope]) });
  const { value } = await ask('education.classes', {});
  const { classes } = value as { classes: { id: string; title: string }[] };
  t.deepEqual(
    classes.map(({ title }) => title),
    ['5A'],
  );
  const of = await ask('education.students', { class: classes[0]?.id });
  t.is((of.value as Students).students.length, 2);
});

test.serial('a class that is not the own one, or none at all, is not found in the same words', async (t) => {
  const { ask } = await world.install({ manifest: withScopes('foreign-class', [studentsScope]) });
  const asked = await Promise.all(
    [world.town.otherClass, world.town.class, nobody(), 'nothing'].map((id) =>
      ask('education.students', { class: id }),
    ),
  );
  for (const { code } of asked) t.is(code, 'not-found');
  t.is(new Set(asked.map(({ detail }) => detail)).size, 1);
});

test.serial('pages follow one another without losing or doubling a learner', async (t) => {
  const { ask } = await world.install({ manifest: withScopes('pages', [studentsScope]) });
  const first = (await ask('education.students', { limit: 1 })).value as Students;
  const second = (await ask('education.students', { limit: 1, cursor: first.next })).value as Students;
  t.deepEqual([...first.students, ...second.students].map(({ givenName }) => givenName).sort(), ['Aino', 'Onni']);
});

test.serial('the purpose decides: the one that is named, and it must be declared', async (t) => {
  const second = { ...studentsScope, purpose: 'class-notes', elements: ['students.givenName'] } as Scope;
  const { ask } = await world.install({ manifest: withScopes('purposes', [studentsScope, second]) });
  t.is((await ask('education.students', {})).code, 'invalid-argument');
  const { value } = await ask('education.students', { purpose: 'class-notes' });
  t.deepEqual(Object.keys((value as Students).students[0] ?? {}).sort(), ['givenName', 'id']);
  const missing = await ask('education.students', { purpose: 'marketing' });
  t.is(missing.code, 'scope-missing');
});

test.serial('a door that the manifest does not declare is refused with the name of the missing scope', async (t) => {
  const { ask } = await world.install({ manifest: withScopes('undeclared', [classesScope]) });
  const { code, detail } = await ask('education.students', {});
  t.is(code, 'scope-missing');
  t.is(
    detail,
    'Plugin "demo-vendor/undeclared" asked for education.students, which its manifest does not declare. Add the scope "education.students" to digione.json or remove the call.',
  );
  t.is((await ask('storage.get', { collection: 'notes', id: 'x' })).code, 'scope-missing');
});

for (const argument of [
  { limit: 0 },
  { limit: 501 },
  { limit: '1' },
  { cursor: '' },
  { purpose: 'UPPER' },
  { extra: 1 },
  { class: 5 },
  [],
  'x',
  null,
]) {
  test.serial(`education.students refuses the argument ${JSON.stringify(argument)}`, async (t) => {
    const { ask } = await installed();
    t.is((await ask('education.students', argument)).code, 'invalid-argument');
  });
}

let once: ReturnType<PluginWorld['install']> | undefined;
function installed(): ReturnType<PluginWorld['install']> {
  once ??= world.install({ manifest: withScopes('arguments', [studentsScope]) });
  return once;
}

test.serial('a door that the host does not have is not found', async (t) => {
  const { ask } = await installed();
  for (const door of ['education.everything', 'constructor', '__proto__', ''])
    t.is((await ask(door, {})).code, 'not-found', door);
});

test.serial('where the basis is consent, only learners whose consent is in force are there', async (t) => {
  const scopes = [{ ...studentsScope, purpose: 'class-notes' } as Scope];
  const { plugin, ask } = await world.install(
    { manifest: withScopes('consented', scopes) },
    { 'students.givenName': 'consent', 'students.familyName': 'consent' },
  );
  const names = async () =>
    ((await ask('education.students', {})).value as Students).students.map(({ givenName }) => givenName);
  t.deepEqual(await names(), []);
  const [aino = ''] = world.town.learners;
  const what = { plugin, purpose: 'class-notes', elements: ['students.givenName'] };
  await world.consent(aino, what);
  t.deepEqual(await names(), ['Aino']);
  await world.consent(aino, { ...what, valid: false });
  t.deepEqual(await names(), []);
});

test.serial('each read is in the audit log with its purpose and its persons', async (t) => {
  const { plugin, ask } = await world.install({ manifest: withScopes('logged', [studentsScope]) });
  await ask('education.students', {});
  const text = 'select action, purpose, actor_role, subjects from audit_event where plugin = $1 and action = $2';
  const rows = await world.database.inTenant(world.town.municipality, (tx) =>
    tx.query<{ purpose: string; subjects: string[] }>({ text, values: [plugin, 'students.read'] }),
  );
  t.like(rows[0], { purpose: 'class-list', actor_role: 'teacher' });
  t.deepEqual([...(rows[0]?.subjects ?? [])].sort(), [...world.town.learners].sort());
});

test.serial('texts, settings and the log are there for every plugin', async (t) => {
  const more = { 'locales/en.json': JSON.stringify({ hello: 'Hello' }) };
  const { ask } = await world.install({ manifest: withScopes('texts', [classesScope]), more });
  t.deepEqual((await ask('i18n.texts', {})).value, { hello: 'Hello' });
  t.deepEqual((await ask('config.get', {})).value, {});
  t.is((await ask('log', { level: 'info', message: 'hello', fields: { count: 1 } })).value, null);
  for (const argument of [
    { level: 'fatal', message: 'x' },
    { level: 'info' },
    { level: 'info', message: 'x'.repeat(1001) },
    { level: 'info', message: 'x', fields: { deep: {} } },
  ])
    t.is((await ask('log', argument)).code, 'invalid-argument', JSON.stringify(argument).slice(0, 60));
});
