import test from 'ava';
import type { Manifest } from '@digione/sdk/manifest';
import { sampleBackend, sampleManifest } from '../marketplace/sample-plugin.ts';
import { pauseAfter } from '../../../core/plugins/event-round.ts';
import { type Asked, type Installed, type PluginWorld, pluginWorld } from './plugin-world.ts';

let world: PluginWorld;
test.before(async () => {
  world = await pluginWorld();
});
test.after.always(async () => {
  await world[Symbol.asyncDispose]();
});

const [studentsScope] = sampleManifest().scopes as [Manifest['scopes'][number], Manifest['scopes'][number]];
const eventsScope = { ...studentsScope, capability: 'events', elements: [] } as unknown as Manifest['scopes'][number];
const journal: Manifest['collections'][number] = {
  name: 'journal',
  schema: { type: 'object' },
  subject: false,
  purpose: 'class-list',
};
const journalScope = {
  ...studentsScope,
  capability: 'storage',
  elements: ['storage.journal'],
} as Manifest['scopes'][number];
const moved = (id: string) => `${id.replace('/', '.')}.moved`;

/** Writes down what it hears, in order; fails as long as the body says so. */
const listening = (heard: string[]) =>
  sampleBackend.replace(
    'tiles:',
    `events: {
      ${heard.map((name) => `${JSON.stringify(name)}: hear`).join(',')}
    },
    tiles:`,
  ) +
  `
  function hear(event) {
    if (event.body.fail && event.attempt <= event.body.fail) throw new Error('not yet');
    if (event.body.look) return digione.invoke('education.students', {}).then(
      (value) => write(event, value), ({ code }) => write(event, code));
    return write(event);
  }
  let count = 0;
  function write(event, value = null) {
    count += 1;
    return digione.invoke('storage.put', { collection: 'journal', value: { count, event, value } });
  }`;

interface SampleOptions {
  subscribes?: string[];
  scopes?: Manifest['scopes'];
}

async function install(id: string, { subscribes = [], scopes }: SampleOptions = {}): Promise<Installed> {
  const body = {
    type: 'object',
    properties: { n: { type: 'integer' }, fail: { type: 'integer' }, look: { type: 'boolean' } },
    additionalProperties: false,
  };
  const manifest = sampleManifest({
    id,
    scopes: scopes ?? [studentsScope, eventsScope, journalScope],
    collections: [journal],
    events: { publishes: [moved(id)], subscribes, schemas: { [moved(id)]: body } },
  });
  return world.install({ manifest, backend: listening(subscribes) });
}

interface Heard {
  count: number;
  event: { id: string; name: string; key?: string; subject?: string; body: Record<string, unknown>; attempt: number };
  value: unknown;
}

async function heardBy({ ask }: Installed): Promise<Heard[]> {
  await world.plugins.jobs.drain(world.town.municipality);
  const { value } = await ask('storage.list', { collection: 'journal', limit: 500 });
  const { records } = value as { records: { value: Heard }[] };
  return records.map((record) => record.value).sort((one, other) => one.count - other.count);
}

/** The pause after a failed attempt is over. */
async function timePasses(): Promise<void> {
  await world.database.inTenant(world.town.municipality, (tx) =>
    tx.query({ text: `update event_delivery set next_at = now() - interval '1 second' where status = 'waiting'` }),
  );
}

async function firstStudent({ ask }: Installed): Promise<string> {
  const { value } = await ask('education.students', {});
  return (value as { students: { id: string }[] }).students[0]?.id ?? '';
}

test.serial('who subscribes is told, in the order of the key, with an id to know it by again', async (t) => {
  const speaker = await install('demo-vendor/speaker');
  const listener = await install('demo-vendor/listener', { subscribes: ['demo-vendor.speaker.moved'] });
  const deaf = await install('demo-vendor/deaf');
  const published: Asked[] = [];
  for (const n of [1, 2, 3, 4, 5])
    published.push(
      await speaker.ask('events.publish', { name: 'demo-vendor.speaker.moved', key: 'row-1', body: { n } }),
    );
  const heard = await heardBy(listener);
  t.deepEqual(
    heard.map(({ event }) => event.body['n']),
    [1, 2, 3, 4, 5],
  );
  t.deepEqual(
    heard.map(({ event }) => event.id),
    published.map(({ value }) => (value as { id: string }).id),
  );
  t.like(heard[0]?.event, { name: 'demo-vendor.speaker.moved', key: 'row-1', attempt: 1 });
  t.deepEqual(await heardBy(deaf), []);
});

test.serial('a handler that fails is tried again, and later events of its key wait while others go on', async (t) => {
  const speaker = await install('demo-vendor/stumbling');
  const listener = await install('demo-vendor/patient', { subscribes: ['demo-vendor.stumbling.moved'] });
  const publish = (key: string, body: object) =>
    speaker.ask('events.publish', { name: 'demo-vendor.stumbling.moved', key, body });
  await publish('a', { n: 1, fail: 1 });
  await publish('a', { n: 2 });
  await publish('b', { n: 3 });
  t.deepEqual(
    (await heardBy(listener)).map(({ event }) => event.body['n']),
    [3],
  );
  await timePasses();
  const heard = await heardBy(listener);
  t.deepEqual(
    heard.map(({ event }) => [event.body['n'], event.attempt]),
    [
      [3, 1],
      [1, 2],
      [2, 1],
    ],
  );
});

test.serial(
  'what fails for good is a dead letter, which the administrator sees without its content and can send again',
  async (t) => {
    const speaker = await install('demo-vendor/hopeless');
    const listener = await install('demo-vendor/failing', { subscribes: ['demo-vendor.hopeless.moved'] });
    await speaker.ask('events.publish', { name: 'demo-vendor.hopeless.moved', key: 'a', body: { n: 1, fail: 8 } });
    await speaker.ask('events.publish', { name: 'demo-vendor.hopeless.moved', key: 'a', body: { n: 2 } });
    for (let attempt = 1; attempt <= 8; attempt += 1) {
      await timePasses();
      await world.plugins.jobs.drain(world.town.municipality);
    }
    t.deepEqual(
      (await heardBy(listener)).map(({ event }) => event.body['n']),
      [2],
      'the next one of the key goes on',
    );
    const path = '/api/municipality/plugins/demo-vendor/failing/dead-letters';
    const { administrator, teacher } = world.town;
    const { body } = await world.service.send(administrator, 'GET', path);
    const [letter, ...others] = body['letters'] as { event: string; name: string; attempts: number; code: string }[];
    t.like(letter, { name: 'demo-vendor.hopeless.moved', attempts: 8, code: 'plugin-failed' });
    t.deepEqual([others.length, JSON.stringify(letter).includes('body')], [0, false]);
    t.is((await world.service.send(teacher, 'GET', path)).status, 403);
    t.is((await world.service.send(teacher, 'POST', `${path}/${letter?.event}/retry`, {})).status, 403);
    t.is((await world.service.send(administrator, 'POST', `${path}/${letter?.event}/retry`, {})).status, 204);
    t.is((await world.service.send(administrator, 'POST', `${path}/${letter?.event}/retry`, {})).status, 404);
  },
);

test.serial('an event about a learner reaches only plugins that may see the learner in the background', async (t) => {
  const speaker = await install('demo-vendor/tagging');
  const subscribes = ['demo-vendor.tagging.moved'];
  const blind = await install('demo-vendor/blind', { subscribes });
  const background = { ...studentsScope, background: true };
  const seeing = await install('demo-vendor/seeing', { subscribes, scopes: [background, eventsScope, journalScope] });
  const subject = await firstStudent(speaker);
  const { value } = await speaker.ask('events.publish', {
    name: 'demo-vendor.tagging.moved',
    subject,
    body: { look: true },
  });
  t.truthy(value);
  const [heard] = await heardBy(seeing);
  t.is(heard?.event.subject, await firstStudent(seeing), 'under the id by which this plugin knows the learner');
  t.not(heard?.event.subject, subject);
  t.is(
    (heard?.value as { students: unknown[] } | undefined)?.students.length,
    2,
    'the agreement allows the background',
  );
  t.deepEqual(await heardBy(blind), []);
});

test.serial('an event about a learner is withheld when the learner may not be seen any more', async (t) => {
  const subscribes = ['demo-vendor.late.moved'];
  const speaker = await install('demo-vendor/late');
  const background = { ...studentsScope, background: true };
  const seeing = await install('demo-vendor/was-seeing', {
    subscribes,
    scopes: [background, eventsScope, journalScope],
  });
  const subject = await firstStudent(speaker);
  await world.database.inTenant(world.town.municipality, (tx) =>
    tx.query({
      text: `update enrollment set valid_to = '2026-11-01' where person_id = $1 and role = 'teacher'`,
      values: [world.town.teacher.person],
    }),
  );
  t.is(
    (await speaker.ask('events.publish', { name: 'demo-vendor.late.moved', subject, body: {} })).code,
    'not-allowed',
  );
  await restoreTeacher();
  await speaker.ask('events.publish', { name: 'demo-vendor.late.moved', subject, body: { fail: 1 } });
  t.deepEqual(await heardBy(seeing), []);
  await world.database.inTenant(world.town.municipality, (tx) =>
    tx.query({
      text: `insert into protection (municipality_id, id, person_id, kind, source, valid_from)
      select municipality_id, gen_random_uuid(), person_id, 'restriction', 'test', '2026-01-01' from enrollment where role = 'student'`,
    }),
  );
  await timePasses();
  t.deepEqual(await heardBy(seeing), []);
  const rows = await world.database.inTenant(world.town.municipality, (tx) =>
    tx.query({ text: `select status, code from event_delivery where plugin = 'demo-vendor/was-seeing'` }),
  );
  t.deepEqual(rows, [{ status: 'withheld', code: 'not-allowed' }]);
  await world.database.inTenant(world.town.municipality, (tx) => tx.query({ text: 'delete from protection' }));
});

test.serial('what was said after reading about learners, and names none, stays with the plugin itself', async (t) => {
  const name = 'demo-vendor.leaking.moved';
  const speaker = await install('demo-vendor/leaking', { subscribes: [name] });
  const listener = await install('demo-vendor/curious', { subscribes: [name] });
  await speaker.ask('education.students', {});
  await speaker.ask('events.publish', { name, body: { n: 1 } });
  t.is((await heardBy(speaker)).length, 1);
  t.is((await heardBy(listener)).length, 0);
});

test.serial('settings that the municipality changed are an event of the core', async (t) => {
  const listener = await install('demo-vendor/settled', { subscribes: ['settings.changed'] });
  const other = await install('demo-vendor/unsettled', { subscribes: ['settings.changed'] });
  await world.service.send(world.town.administrator, 'PUT', '/api/municipality/plugins/demo-vendor/settled/settings', {
    settings: { colour: 'blue' },
  });
  t.like((await heardBy(listener))[0]?.event, { name: 'settings.changed', body: {} });
  t.deepEqual(await heardBy(other), []);
});

test.serial('without the scope, undeclared, in another shape or for a stranger nothing is published', async (t) => {
  const none = await world.install({ manifest: sampleManifest({ id: 'demo-vendor/silent' }) });
  t.is((await none.ask('events.publish', { name: 'demo-vendor.silent.moved', body: {} })).code, 'scope-missing');
  const { ask } = await install('demo-vendor/shapes');
  const good = { name: 'demo-vendor.shapes.moved', body: { n: 1 } };
  const wrong: [object, string][] = [
    [{ ...good, name: 'demo-vendor.speaker.moved' }, 'scope-missing'],
    [{ ...good, name: 'No Name' }, 'invalid-argument'],
    [{ ...good, key: 'not a key' }, 'invalid-argument'],
    [{ ...good, body: { n: 'one' } }, 'invalid-argument'],
    [{ ...good, body: 'text' }, 'invalid-argument'],
    [{ ...good, more: 1 }, 'invalid-argument'],
    [{ ...good, subject: 'nobody' }, 'not-allowed'],
  ];
  for (const [argument, code] of wrong)
    t.is((await ask('events.publish', argument)).code, code, JSON.stringify(argument));
});

test('each pause is longer than the one before, and not the same for all', (t) => {
  const pauses = [1, 2, 3, 4, 5, 6].map((attempt) => pauseAfter({ id: 'a', attempt }));
  t.deepEqual(
    pauses,
    pauses.toSorted((one, other) => one - other),
  );
  t.not(pauseAfter({ id: 'a', attempt: 1 }), pauseAfter({ id: 'b', attempt: 1 }));
});

async function restoreTeacher(): Promise<void> {
  await world.database.inTenant(world.town.municipality, (tx) =>
    tx.query({ text: `update enrollment set valid_to = null where role = 'teacher'` }),
  );
}
