import { bind, type Guest, type RegisteredPlugin } from '@digione/sdk/backend';
import { PluginError } from '@digione/sdk/errors';
import test from 'ava';

interface Asked {
  name: string;
  argument: unknown;
}

/** A host that notes what it is asked and answers from a table. */
function fakeHost(answers: Record<string, unknown> = {}): Guest & { asked: Asked[] } {
  const asked: Asked[] = [];
  return {
    asked,
    register: () => undefined,
    invoke: async (name, argument) => {
      asked.push({ name, argument });
      if (answers[name] instanceof Error) throw answers[name];
      return answers[name] ?? null;
    },
    context: {
      plugin: { id: 'test-vendor/sample', version: '1.0.0' },
      user: { id: 'u1', role: 'teacher', language: 'sv' },
      school: { id: 's1', name: 'Skolan' },
      today: '2026-11-24',
    },
  };
}

test('a call gets its argument and the context of its user', async (t) => {
  const plugin = bind(
    {
      calls: {
        greet: (name, { i18n, user, today }) =>
          `${i18n.pick({ fi: 'Hei', sv: 'Hej', en: 'Hi' })} ${String(name)}, ${user.role}, ${today}`,
      },
    },
    fakeHost(),
  );
  t.is(await plugin.calls.greet?.('Aino'), 'Hej Aino, teacher, 2026-11-24');
});

test('each call has a context of its own, so that nothing of one user stays for the next', (t) => {
  const seen = new Set<unknown>();
  const plugin = bind({ calls: { look: (_, context) => seen.add(context) } }, fakeHost());
  plugin.calls.look?.(null);
  plugin.calls.look?.(null);
  t.is(seen.size, 2);
});

test('tiles and schedules get the context first', (t) => {
  const plugin = bind(
    {
      tiles: { home: ({ school }) => ({ kind: 'text', text: school.name }) },
      schedules: { nightly: ({ today }) => today },
    },
    fakeHost(),
  );
  t.deepEqual(plugin.tiles.home?.(null), { kind: 'text', text: 'Skolan' });
  t.is(plugin.schedules.nightly?.(null), '2026-11-24');
});

test('what is registered can not be changed', (t) => {
  const plugin: RegisteredPlugin = bind({ calls: { a: () => 1 } }, fakeHost());
  t.true(Object.isFrozen(plugin) && Object.isFrozen(plugin.calls));
});

const students = { students: [{ id: 'p1', givenName: 'Aino' }] };

for (const [words, run, expected] of [
  ['education.students()', (c) => c.education.students(), { name: 'education.students', argument: {} }],
  [
    'education.students({ class })',
    (c) => c.education.students({ class: 'c1' }),
    { name: 'education.students', argument: { class: 'c1' } },
  ],
  ['education.classes()', (c) => c.education.classes(), { name: 'education.classes', argument: {} }],
  [
    'put',
    (c) => c.storage.collection('notes').put({ subject: 'p1', value: { text: 'x' } }),
    { name: 'storage.put', argument: { collection: 'notes', subject: 'p1', value: { text: 'x' } } },
  ],
  [
    'get',
    (c) => c.storage.collection('notes').get('r1'),
    { name: 'storage.get', argument: { collection: 'notes', id: 'r1' } },
  ],
  [
    'list',
    (c) => c.storage.collection('notes').list({ subjects: ['p1'], limit: 10 }),
    { name: 'storage.list', argument: { collection: 'notes', subjects: ['p1'], limit: 10 } },
  ],
  [
    'remove',
    (c) => c.storage.collection('notes').remove('r1'),
    { name: 'storage.remove', argument: { collection: 'notes', id: 'r1' } },
  ],
  [
    'allowed',
    (c) => c.storage.collection('notes').allowed(['p1']),
    { name: 'storage.allowed', argument: { collection: 'notes', subjects: ['p1'] } },
  ],
  [
    'http.request',
    (c) => c.http.request({ url: 'https://api.vendor.example' }),
    { name: 'http.request', argument: { url: 'https://api.vendor.example' } },
  ],
  ['secrets.get', (c) => c.secrets.get('key'), { name: 'secrets.get', argument: { name: 'key' } }],
  [
    'aggregates.publish',
    (c) => c.aggregates.publish({ name: 'absences', period: '2026', groups: [{ label: '7A', count: 3 }] }),
    { name: 'aggregate.publish', argument: { name: 'absences', period: '2026', groups: [{ label: '7A', count: 3 }] } },
  ],
  [
    'log.info',
    (c) => c.log.info('started', { size: 3 }),
    { name: 'log', argument: { level: 'info', message: 'started', fields: { size: 3 } } },
  ],
  ['config.get', (c) => c.config.get(), { name: 'config.get', argument: {} }],
  ['i18n.texts', (c) => c.i18n.texts(), { name: 'i18n.texts', argument: {} }],
] as [
  string,
  (context: Parameters<NonNullable<Parameters<typeof bind>[0]['calls']>[string]>[1]) => Promise<unknown>,
  Asked,
][]) {
  test(`${words} asks the door ${expected.name} with an argument of its schema`, async (t) => {
    const { capabilities } = await import('@digione/sdk/capabilities');
    const { Compile } = await import('typebox/compile');
    const answers = {
      'secrets.get': { value: null },
      'storage.get': { record: null },
      'storage.remove': { removed: true },
      'storage.allowed': { subjects: [] },
    };
    const host = fakeHost(answers);
    await bind({ calls: { ask: (_, context) => run(context) } }, host).calls.ask?.(null);
    t.deepEqual(host.asked, [expected]);
    t.true(Compile(capabilities[expected.name as keyof typeof capabilities].argument).Check(expected.argument));
  });
}

test('what a door answers reaches the handler as it is', async (t) => {
  const plugin = bind(
    { calls: { list: (_, { education }) => education.students() } },
    fakeHost({ 'education.students': students }),
  );
  t.deepEqual(await plugin.calls.list?.(null), students);
});

test('a refusal of a door reaches the handler with its code', async (t) => {
  const refusal = new PluginError('scope-missing', 'no');
  const plugin = bind(
    { calls: { list: (_, { education }) => education.students() } },
    fakeHost({ 'education.students': refusal }),
  );
  await t.throwsAsync(async () => plugin.calls.list?.(null), { is: refusal });
});
