import test from 'ava';
import { sampleManifest } from '../marketplace/sample-plugin.ts';
import { type Installed, nobody, type PluginWorld, pluginWorld } from '../plugins/plugin-world.ts';

let world: PluginWorld;
test.before(async () => {
  world = await pluginWorld({ quota: { documents: 30, bytes: 20_000, documentBytes: 2_000 } });
});
test.after.always(async () => {
  await world[Symbol.asyncDispose]();
});

interface StoredRecord {
  id: string;
  subject?: string;
  value: Record<string, unknown>;
  updatedAt: string;
}

const element = { purpose: 'class-notes', elements: ['storage.notes'] };

/** A plugin with notes about learners, the pairwise ids of both learners, and the consent of the first. */
async function notes(name: string): Promise<Installed & { aino: string; onni: string; stranger: string }> {
  const manifest = sampleManifest({ id: `demo-vendor/${name}` });
  const board = {
    name: 'board',
    schema: { type: 'object' },
    subject: false,
    purpose: 'class-notes',
    indexes: ['kind'],
  };
  manifest.collections.push(board);
  manifest.scopes[1]?.elements.push('storage.board');
  const installed = await world.install({ manifest });
  const [first = '', second = ''] = world.town.learners;
  await world.consent(first, { plugin: installed.plugin, ...element });
  const pairwise = (id: string) => world.plugins.deps.access.pseudonym(world.town.municipality, installed.plugin, id);
  return { ...installed, aino: pairwise(first), onni: pairwise(second), stranger: pairwise(world.town.stranger) };
}

const recordsOf = async ({ ask }: Installed, argument: object = {}) =>
  (await ask('storage.list', { collection: 'notes', ...argument })).value as { records: StoredRecord[]; next?: string };

test.serial('a note is kept, read again, listed and removed', async (t) => {
  const plugin = await notes('keeps');
  const put = await plugin.ask('storage.put', {
    collection: 'notes',
    subject: plugin.aino,
    value: { text: 'reads well' },
  });
  const { id } = put.value as { id: string };
  const { record } = (await plugin.ask('storage.get', { collection: 'notes', id })).value as { record: StoredRecord };
  t.like(record, { id, subject: plugin.aino, value: { text: 'reads well' } });
  t.deepEqual((await recordsOf(plugin)).records, [record]);
  t.deepEqual((await plugin.ask('storage.remove', { collection: 'notes', id })).value, { removed: true });
  t.deepEqual((await plugin.ask('storage.remove', { collection: 'notes', id })).value, { removed: false });
  t.deepEqual((await recordsOf(plugin)).records, []);
});

test.serial('a note with the same id is written over', async (t) => {
  const plugin = await notes('over');
  for (const text of ['one', 'two'])
    await plugin.ask('storage.put', { collection: 'notes', id: 'n', subject: plugin.aino, value: { text } });
  const { records } = await recordsOf(plugin);
  t.deepEqual(
    records.map(({ value }) => value),
    [{ text: 'two' }],
  );
});

test.serial(
  'nothing is kept about a learner without consent, of another class, or who is nobody: in the same words',
  async (t) => {
    const plugin = await notes('without-consent');
    const details = new Set<string | undefined>();
    for (const subject of [plugin.onni, plugin.stranger, nobody(), 'nothing']) {
      const { code, detail } = await plugin.ask('storage.put', { collection: 'notes', subject, value: { text: 'x' } });
      t.is(code, 'not-allowed');
      details.add(detail);
    }
    t.is(details.size, 1);
    t.deepEqual((await recordsOf(plugin)).records, []);
  },
);

test.serial('a withdrawal hides the notes at once, from every door, and giving it again shows them', async (t) => {
  const plugin = await notes('withdrawn');
  await plugin.ask('storage.put', { collection: 'notes', id: 'n', subject: plugin.aino, value: { text: 'seen' } });
  const [aino = ''] = world.town.learners;
  await world.consent(aino, { plugin: plugin.plugin, ...element, valid: false });
  t.deepEqual((await recordsOf(plugin)).records, []);
  t.deepEqual((await plugin.ask('storage.get', { collection: 'notes', id: 'n' })).value, { record: null });
  t.deepEqual((await plugin.ask('storage.remove', { collection: 'notes', id: 'n' })).value, { removed: false });
  t.deepEqual((await plugin.ask('storage.allowed', { collection: 'notes', subjects: [plugin.aino] })).value, {
    subjects: [],
  });
  const over = await plugin.ask('storage.put', {
    collection: 'notes',
    id: 'n',
    subject: plugin.aino,
    value: { text: 'over' },
  });
  t.is(over.code, 'not-allowed');
  await world.consent(aino, { plugin: plugin.plugin, ...element });
  t.deepEqual(
    (await recordsOf(plugin)).records.map(({ value }) => value),
    [{ text: 'seen' }],
  );
});

test.serial('hidden notes make neither shorter pages nor a visible gap', async (t) => {
  const plugin = await notes('gaps');
  const [aino = '', onni = ''] = world.town.learners;
  await world.consent(onni, { plugin: plugin.plugin, ...element });
  for (let index = 0; index < 8; index += 1)
    await plugin.ask('storage.put', {
      collection: 'notes',
      id: `n${index}`,
      subject: index % 2 ? plugin.aino : plugin.onni,
      value: { text: `${index}` },
    });
  await world.consent(onni, { plugin: plugin.plugin, ...element, valid: false });
  const first = await recordsOf(plugin, { limit: 3 });
  t.is(first.records.length, 3);
  const second = await recordsOf(plugin, { limit: 3, cursor: first.next });
  t.deepEqual(
    [...first.records, ...second.records].map(({ id }) => id),
    ['n7', 'n5', 'n3', 'n1'],
  );
  t.is(second.next, undefined);
  await world.consent(aino, { plugin: plugin.plugin, ...element, valid: false });
  t.deepEqual(await recordsOf(plugin, { limit: 3 }), { records: [] });
});

test.serial('a list can be narrowed to learners and to declared indexes', async (t) => {
  const plugin = await notes('narrow');
  const [, onni = ''] = world.town.learners;
  await world.consent(onni, { plugin: plugin.plugin, ...element });
  for (const [subject, text] of [
    [plugin.aino, 'a'],
    [plugin.aino, 'b'],
    [plugin.onni, 'a'],
  ])
    await plugin.ask('storage.put', { collection: 'notes', subject, value: { text } });
  t.is((await recordsOf(plugin, { subjects: [plugin.aino] })).records.length, 2);
  t.is((await recordsOf(plugin, { where: { text: 'a' } })).records.length, 2);
  t.is((await recordsOf(plugin, { subjects: [plugin.onni], where: { text: 'b' } })).records.length, 0);
  for (const subjects of [[nobody(), 'nothing'], []]) t.is((await recordsOf(plugin, { subjects })).records.length, 0);
  const undeclared = await plugin.ask('storage.list', { collection: 'notes', where: { secret: 1 } });
  t.is(undeclared.code, 'invalid-argument');
});

test.serial('a collection about nobody takes no subject, one about learners needs one', async (t) => {
  const plugin = await notes('subjects');
  t.is((await plugin.ask('storage.put', { collection: 'board', id: 'b', value: { kind: 'x' } })).code, undefined);
  t.is(
    (await plugin.ask('storage.put', { collection: 'board', subject: plugin.aino, value: {} })).code,
    'invalid-argument',
  );
  t.is((await plugin.ask('storage.put', { collection: 'notes', value: { text: 'x' } })).code, 'invalid-argument');
  const listed = (await plugin.ask('storage.list', { collection: 'board', where: { kind: 'x' } })).value as {
    records: StoredRecord[];
  };
  t.is(listed.records.length, 1);
});

test.serial('a note can not change hands', async (t) => {
  const plugin = await notes('hands');
  const [, onni = ''] = world.town.learners;
  await world.consent(onni, { plugin: plugin.plugin, ...element });
  await plugin.ask('storage.put', { collection: 'notes', id: 'n', subject: plugin.aino, value: { text: 'hers' } });
  const { code } = await plugin.ask('storage.put', {
    collection: 'notes',
    id: 'n',
    subject: plugin.onni,
    value: { text: 'his' },
  });
  t.is(code, 'not-allowed');
});

test.serial('a value that does not fit the schema of its collection is refused', async (t) => {
  const plugin = await notes('schema');
  for (const value of [{}, { text: 1 }, { text: 'x', more: 1 }, { text: 'x'.repeat(201) }])
    t.is(
      (await plugin.ask('storage.put', { collection: 'notes', subject: plugin.aino, value })).code,
      'invalid-argument',
    );
});

test.serial('a collection that the manifest does not declare is not found', async (t) => {
  const plugin = await notes('undeclared');
  for (const collection of ['other', 'constructor'])
    t.is((await plugin.ask('storage.list', { collection })).code, 'not-found');
});

test.serial('a collection whose element no scope declares is refused by name', async (t) => {
  const manifest = sampleManifest({ id: 'demo-vendor/unscoped' });
  manifest.collections.push({ name: 'extra', schema: { type: 'object' }, subject: false, purpose: 'class-notes' });
  const { ask } = await world.install({ manifest });
  const { code, detail } = await ask('storage.put', { collection: 'extra', value: {} });
  t.is(code, 'scope-missing');
  t.regex(detail ?? '', /storage\.extra/);
});

test.serial('two plugins never meet in the same collection', async (t) => {
  const [one, other] = [await notes('first'), await notes('second')];
  await one.ask('storage.put', { collection: 'notes', id: 'n', subject: one.aino, value: { text: 'of the first' } });
  t.deepEqual((await recordsOf(other)).records, []);
  t.deepEqual((await other.ask('storage.get', { collection: 'notes', id: 'n' })).value, { record: null });
  const { code } = await other.ask('storage.put', { collection: 'notes', subject: one.aino, value: { text: 'x' } });
  t.is(code, 'not-allowed');
});

test.serial('the quota holds for documents and bytes, also when many write at once', async (t) => {
  const plugin = await notes('quota');
  const put = (id: string, text: string) => plugin.ask('storage.put', { collection: 'board', id, value: { text } });
  t.is((await put('large', 'x'.repeat(2_100))).code, 'too-large');
  const answers = await Promise.all(Array.from({ length: 40 }, (_, index) => put(`d${index}`, 'x')));
  t.is(answers.filter(({ code }) => code === undefined).length, 30);
  t.true(answers.filter(({ code }) => code !== undefined).every(({ code }) => code === 'quota-exceeded'));
  t.is((await put('d0', 'y')).code, undefined);
  await plugin.ask('storage.remove', { collection: 'board', id: 'd1' });
  t.is((await put('new', 'x'.repeat(1_000))).code, undefined);
  const big = await Promise.all(Array.from({ length: 12 }, (_, index) => put(`d${index + 2}`, 'x'.repeat(1_900))));
  t.true(big.some(({ code }) => code === 'quota-exceeded'));
});

const wrong: [string, unknown][] = [
  ['storage.put', { collection: 'notes' }],
  ['storage.put', { collection: 'notes', id: '', value: {} }],
  ['storage.put', { collection: 'notes', id: '../x', value: {} }],
  ['storage.put', { collection: 'notes', value: [] }],
  ['storage.put', { collection: 'No!', value: {} }],
  ['storage.get', { collection: 'notes' }],
  ['storage.get', { collection: 'notes', id: 7 }],
  ['storage.list', { collection: 'notes', limit: 0 }],
  ['storage.list', { collection: 'notes', where: { text: {} } }],
  ['storage.list', { collection: 'notes', cursor: 'bm90aGluZw' }],
  ['storage.remove', { collection: 'notes' }],
  ['storage.allowed', { collection: 'notes' }],
  ['storage.allowed', { collection: 'notes', subjects: 'all' }],
];

let shaped: ReturnType<typeof notes> | undefined;
for (const [door, argument] of wrong) {
  test.serial(`${door} refuses ${JSON.stringify(argument)}`, async (t) => {
    shaped ??= notes('shaped');
    const { ask } = await shaped;
    t.is((await ask(door, argument)).code, 'invalid-argument');
  });
}
