import { definePlugin } from '@digione/sdk/backend';
import type { PluginError } from '@digione/sdk/errors';
import { defineManifest } from '@digione/sdk/manifest';
import { makeTestSchool, testPlugin } from '@digione/sdk/testing';
import test, { type ExecutionContext } from 'ava';
import { sampleManifest } from '../sample-manifest.ts';

const backend = definePlugin({
  calls: {
    students: (argument: { class?: string } | null, { education }) => education.students(argument ?? {}),
    classes: (_, { education }) => education.classes(),
    put: (record: { subject?: string; value: { text?: string } }, { storage }) =>
      storage.collection('notes').put(record),
    list: (_, { storage }) => storage.collection('notes').list(),
    elsewhere: (_, { storage }) => storage.collection('elsewhere').list(),
    settings: (_, { config }) => config.get(),
    say: (_, { log }) => log.warn('careful'),
    echo: (argument) => argument,
    ask: (url: string, { http }) => http.request({ url }),
    secret: (name: string, { secrets }) => secrets.get(name),
    count: (count: number, { aggregates }) =>
      aggregates.publish({ name: 'absences', period: '2026-W48', groups: [{ label: '7A', count }] }),
  },
  tiles: { good: () => ({ kind: 'text', text: 'a' }), bad: () => ({ kind: 'text', text: '' }) },
});

async function refuses(t: ExecutionContext, asked: Promise<unknown>, code: string) {
  t.is((await t.throwsAsync<PluginError>(asked))?.code, code as PluginError['code']);
}

test('a plugin sees only the fields that its manifest declares', async (t) => {
  const { students } = await testPlugin(backend, sampleManifest, makeTestSchool()).call('students');
  t.deepEqual(
    students.map((student) => Object.keys(student)),
    Array.from({ length: 4 }, () => ['id', 'givenName']),
  );
});

test('a door without a scope is refused by the name of the scope', async (t) => {
  const error = await t.throwsAsync<PluginError>(testPlugin(backend, sampleManifest, makeTestSchool()).call('classes'));
  t.is(error?.code, 'scope-missing');
  t.regex(error?.message ?? '', /education\.classes/);
});

test('a field on the basis of consent is there only with the consent', async (t) => {
  const scopes = sampleManifest.scopes.map((scope) => ({ ...scope, legalBasis: 'consent' as const }));
  const school = makeTestSchool({ consents: (student) => student === 'student-1' });
  const { students } = await testPlugin(backend, defineManifest({ ...sampleManifest, scopes }), school).call(
    'students',
  );
  t.deepEqual(
    students.filter(({ givenName }) => givenName !== undefined).map(({ id }) => id),
    ['student-1'],
  );
});

test('a class that is not of this user is not found', (t) =>
  refuses(t, testPlugin(backend, sampleManifest, makeTestSchool()).call('students', { class: 'other' }), 'not-found'));

test('an argument of a wrong shape is refused', (t) =>
  refuses(t, testPlugin(backend, sampleManifest, makeTestSchool()).call('students', { class: 7 }), 'invalid-argument'));

test('a collection that is not in the manifest is not found', (t) =>
  refuses(t, testPlugin(backend, sampleManifest, makeTestSchool()).call('elsewhere'), 'not-found'));

test('a record that does not fit its schema, or lacks its subject, is refused', async (t) => {
  const plugin = testPlugin(backend, sampleManifest, makeTestSchool());
  await refuses(t, plugin.call('put', { subject: 'student-1', value: { text: 'x'.repeat(101) } }), 'invalid-argument');
  await refuses(t, plugin.call('put', { value: { text: 'x' } }), 'invalid-argument');
  await refuses(t, plugin.call('put', { subject: 'stranger', value: { text: 'x' } }), 'not-allowed');
  t.deepEqual(plugin.records('notes'), []);
});

test('a withdrawn consent hides what was stored, and giving it again shows it', async (t) => {
  const school = makeTestSchool();
  const plugin = testPlugin(backend, sampleManifest, school);
  await plugin.call('put', { subject: 'student-1', value: { text: 'x' } });
  school.consents = () => false;
  t.deepEqual((await plugin.call('list')).records, []);
  school.consents = () => true;
  t.is((await plugin.call('list')).records.length, 1);
});

test('everything crosses as JSON, so what JSON can not carry is gone in tests too', async (t) => {
  const plugin = testPlugin(backend, sampleManifest, makeTestSchool());
  t.deepEqual(await plugin.call('echo', { a: undefined, b: new Date(0) }), { b: '1970-01-01T00:00:00.000Z' });
});

test('a tile that is not a tree of views is refused', async (t) => {
  const plugin = testPlugin(backend, sampleManifest, makeTestSchool());
  t.deepEqual(await plugin.tile('good'), { kind: 'text', text: 'a' });
  await refuses(t, plugin.tile('bad'), 'invalid-result');
  await refuses(t, plugin.tile('none'), 'not-found');
});

test('settings and log lines are at hand', async (t) => {
  const plugin = testPlugin(backend, sampleManifest, makeTestSchool({ settings: { colour: 'blue' } }));
  t.deepEqual(await plugin.call('settings'), { colour: 'blue' });
  await plugin.call('say');
  t.like(plugin.log[0], { level: 'warn', message: 'careful' });
});

const necessity = sampleManifest.name;
const outward = defineManifest({
  ...sampleManifest,
  scopes: [
    ...sampleManifest.scopes,
    ...(['http', 'secrets', 'aggregate.publish'] as const).map((capability) => ({
      capability,
      purpose: 'lists',
      elements: [],
      necessity,
      legalBasis: 'public-task' as const,
      retentionDays: 0,
    })),
  ],
  egress: [
    { host: 'api.vendor.example', port: 443, processor: 'Vendor', country: 'FI', purpose: 'lists', elements: [] },
  ],
});

test('a request reaches the test in the place of a host that the manifest names, and no other', async (t) => {
  const school = makeTestSchool({ outside: ({ url }) => ({ status: 200, body: url }) });
  const plugin = testPlugin(backend, outward, school);
  t.like(await plugin.call('ask', 'https://api.vendor.example/x'), {
    status: 200,
    body: 'https://api.vendor.example/x',
  });
  await refuses(t, plugin.call('ask', 'https://elsewhere.example/x'), 'not-allowed');
  await refuses(t, plugin.call('ask', 'https://api.vendor.example:8443/x'), 'not-allowed');
  await refuses(t, plugin.call('ask', 'http://api.vendor.example/x'), 'invalid-argument');
});

test('a secret is what the municipality set, or nothing', async (t) => {
  const plugin = testPlugin(backend, outward, makeTestSchool({ secrets: { key: 's' } }));
  t.deepEqual([await plugin.call('secret', 'key'), await plugin.call('secret', 'toString')], ['s', null]);
});

test('small groups are hidden in tests as they are in schools', async (t) => {
  const plugin = testPlugin(backend, outward, makeTestSchool());
  const shown = async (count: number) => (await plugin.call('count', count)).groups[0]?.shown;
  t.deepEqual(await Promise.all([0, 1, 4, 5, 25].map(shown)), ['', '1–4', '1–4', '6', '24']);
});

test('an event is published as the manifest declares it, and handed over to a handler', async (t) => {
  const name = 'demo-vendor.hello-class.greeted';
  const speaking = {
    ...sampleManifest,
    scopes: [...sampleManifest.scopes, { ...sampleManifest.scopes[0]!, capability: 'events' as const, elements: [] }],
    events: { publishes: [name], subscribes: [], schemas: { [name]: { type: 'object', required: ['n'] } } },
  };
  const speaker = definePlugin({
    calls: { say: (event: { name: string; body: Record<string, unknown> }, { events }) => events.publish(event) },
    events: { [name]: ({ body }) => body['n'] },
  });
  const plugin = testPlugin(speaker, speaking, makeTestSchool());
  await plugin.call('say', { name, body: { n: 1 } });
  t.deepEqual(plugin.published, [{ name, body: { n: 1 } }]);
  t.is(await plugin.event(name, { body: { n: 2 } }), 2);
  await refuses(t, plugin.call('say', { name, body: {} }), 'invalid-argument');
  await refuses(t, plugin.call('say', { name: 'some.other', body: {} }), 'scope-missing');
  await refuses(
    t,
    testPlugin(speaker, sampleManifest, makeTestSchool()).call('say', { name, body: {} }),
    'scope-missing',
  );
});

test('a file is kept, listed and removed, and one about a stranger is refused', async (t) => {
  const filing = definePlugin({
    calls: {
      keep: (subject: string | null, { files }) =>
        files.put({ name: 'a.txt', type: 'text/plain', content: 'aGVsbG8=', ...(subject === null ? {} : { subject }) }),
      all: async (_, { files }) => (await files.list()).files.map(({ size }) => size),
      read: async (id: string, { files }) => (await files.get({ id })).file?.content ?? null,
      drop: async (id: string, { files }) => (await files.remove({ id })).removed,
    },
  });
  const scope = { ...sampleManifest.scopes[0]!, capability: 'files' as const, elements: [] };
  const plugin = testPlugin(filing, { ...sampleManifest, scopes: [scope] }, makeTestSchool());
  const { id } = await plugin.call('keep', null);
  t.deepEqual([await plugin.call('all'), await plugin.call('read', id)], [[5], 'aGVsbG8=']);
  await refuses(t, plugin.call('keep', 'stranger'), 'not-allowed');
  t.deepEqual(
    [await plugin.call('drop', id), await plugin.call('drop', id), await plugin.call('read', id)],
    [true, false, null],
  );
  await refuses(t, testPlugin(filing, sampleManifest, makeTestSchool()).call('all'), 'scope-missing');
});

test('a message about one of the learners is sent, about a stranger it is refused', async (t) => {
  const posting = definePlugin({
    calls: {
      post: (subject: string, { messages }) =>
        messages.send({ subject, to: 'guardians', title: 'Trip', text: 'Boots' }),
    },
  });
  const scope = { ...sampleManifest.scopes[0]!, capability: 'messages' as const, elements: [] };
  const plugin = testPlugin(posting, { ...sampleManifest, scopes: [scope] }, makeTestSchool());
  await plugin.call('post', 'student-1');
  await refuses(t, plugin.call('post', 'stranger'), 'not-allowed');
  t.deepEqual(
    plugin.messages.map(({ subject }) => subject),
    ['student-1'],
  );
});
