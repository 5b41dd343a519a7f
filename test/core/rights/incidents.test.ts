import test from 'ava';
import { appendEvent } from '../../../core/audit/index.ts';
import type { Actor } from '../../../core/identity/index.ts';
import { fixedClock } from '../../../core/kernel/index.ts';
import { municipality } from '../access/plant-world.ts';
import { people, school } from '../access/small-world.ts';
import { agreedPlugin, elsewhere, mother, officer, rightsWorld, type RightsWorld, unzip } from './rights-world.ts';

const breach = {
  title: 'The plugin’s key lay open',
  plugin: agreedPlugin,
  from: '2026-11-24T08:00:00Z',
  to: '2026-11-24T10:00:00Z',
  knownAt: '2026-11-24T09:30:00Z',
};

async function started(world: Parameters<typeof rightsWorld>[0] = {}) {
  const clock = fixedClock('2026-11-24T09:00:00Z');
  const made = await rightsWorld({ clock, ...world });
  const read = {
    municipality,
    action: 'students.read',
    school,
    plugin: agreedPlugin,
    actor: people.teacher,
    actorRole: 'teacher',
    elements: ['students.givenName', 'students.email'],
  };
  await made.platform.database.inTenant(municipality, async (tx) => {
    await appendEvent(tx, { ...read, subjects: [{ person: people.aino, mask: 1 | 64 }] }, clock);
    await appendEvent(tx, { ...read, subjects: [{ person: people.eero, mask: 1 }] }, clock);
    await appendEvent(tx, { ...read, plugin: 'other/one', subjects: [{ person: people.eero, mask: 64 }] }, clock);
  });
  clock.set('2026-11-24T10:00:00Z');
  const post = (path: string, body: object, who: Actor = officer) =>
    made.service.send(who, 'POST', `/api/officer/incidents${path}`, body);
  const get = async <T>(path = '', who: Actor = officer) =>
    (await made.service.send(who, 'GET', `/api/officer/incidents${path}`)).body as unknown as T;
  return { world: made, clock, post, get };
}

const judged = { risk: 'high-risk', findings: 'Two hours.', measures: 'The key was changed.' };

async function lettersOf({ service }: RightsWorld, id: string): Promise<Map<string, string>> {
  const answer = await fetch(`${service.url}/api/officer/incidents/${id}/letters`, {
    headers: { 'x-actor': officer.session },
  });
  return unzip(Buffer.from(await answer.arrayBuffer()));
}

test('from a leaked key to the persons, their fields, the clock and the letters, and closed only when all is done', async (t) => {
  const { world, clock, post, get } = await started();
  await using _ = world;
  const { body } = await post('', breach);
  t.is(body['dueAt'], '2026-11-27T09:30:00.000Z');
  const id = body['id'] as string;
  t.like(await get(`/${id}`), { state: 'open', hoursLeft: 71, persons: 0 });
  t.is((await post(`/${id}/close`, { closing: 'Done.' })).body.code, 'conflict');
  t.is((await world.service.send(officer, 'GET', `/api/officer/incidents/${id}/letters`)).body.code, 'conflict');
  t.is((await post(`/${id}/assess`, judged)).body['persons'], 2);
  const { persons } = await get<{ persons: { id: string; fields: { element: string }[] }[] }>(`/${id}/persons`);
  t.deepEqual(
    persons.map((one) => [one.id, one.fields.map(({ element }) => element)]),
    [
      [people.aino, ['students.email', 'students.givenName']],
      [people.eero, ['students.givenName']],
    ],
  );
  t.is((await post(`/${id}/close`, { closing: 'Done.' })).body.code, 'conflict', 'the authority first');
  clock.set('2026-11-27T10:00:00Z');
  t.is((await post(`/${id}/authority`, { reference: 'TSV/1' })).body.code, 'invalid', '72 hours are over');
  t.is((await post(`/${id}/authority`, { reference: 'TSV/1', delayReason: 'The log was long.' })).status, 200);
  t.is((await post(`/${id}/authority`, { reference: 'TSV/1' })).body.code, 'conflict');
  t.is((await post(`/${id}/close`, { closing: 'Done.' })).body.code, 'conflict', 'the letters first');
  const files = await lettersOf(world, id);
  const letters = [...files].filter(([name]) => name.startsWith('letters/'));
  t.is(letters.length, 2, 'both guardians of Aino; Eero has none here and is 11');
  t.true(letters[0]![1].includes('oppilaan sähköposti') && letters[0]![1].includes('lang="fi"'));
  t.regex(files.get('no-letter.csv')!, /too-young/);
  t.is((await post(`/${id}/close`, { closing: 'Done.' })).status, 200);
  t.is((await post(`/${id}/assess`, judged)).body.code, 'conflict');
});

test('an unsafe guardian gets no letter, and a protected address is printed nowhere', async (t) => {
  const span = { from: '2026-08-01' };
  const { world, post } = await started({
    world: {
      protections: [{ person: people.aino, kind: 'non-disclosure', span }],
      permits: [{ person: people.aino, permitted: people.mother }],
    },
  });
  await using _ = world;
  await world.sql(`update person set language = 'sv' where id = $1`, [people.mother]);
  const id = (await post('', breach)).body['id'] as string;
  await post(`/${id}/assess`, judged);
  const files = await lettersOf(world, id);
  const letters = [...files].filter(([name]) => name.startsWith('letters/'));
  t.deepEqual(
    letters.map(([name]) => name),
    ['letters/0001-sv.html'],
  );
  t.true(letters[0]![1].includes('elevens e-post'), 'in the language of who reads it');
  t.false([...files.values()].some((content) => content.includes('Street 1')));
  t.regex(files.get('deliveries.csv')!, /in person/);
  t.regex(files.get('no-letter.csv')!, /unsafe/);
});

test('a guardian barred by custody gets no letter', async (t) => {
  const { world, post } = await started({
    world: {
      protections: [{ person: people.aino, kind: 'custody', against: people.father, span: { from: '2026-08-01' } }],
    },
  });
  await using _ = world;
  const id = (await post('', breach)).body['id'] as string;
  await post(`/${id}/assess`, judged);
  const files = await lettersOf(world, id);
  t.is([...files.keys()].filter((name) => name.startsWith('letters/')).length, 1);
});

test('what the officer does about an incident is in the log for the officer only, and does not become part of it', async (t) => {
  const { world, post, get } = await started();
  await using _ = world;
  const id = (await post('', breach)).body['id'] as string;
  await post(`/${id}/assess`, judged);
  await get(`/${id}/persons`);
  t.is((await post(`/${id}/assess`, judged)).body['persons'], 2);
  const acts = await world.sql<{ action: string }>(
    `select action from audit_event where action like 'case.%' order by position`,
  );
  t.deepEqual(
    acts.map(({ action }) => action),
    ['case.incident-open', 'case.incident-assess', 'case.incident-read', 'case.incident-assess'],
  );
});

test('who may not, and what is no incident', async (t) => {
  const { world, post, get } = await started();
  await using _ = world;
  const id = (await post('', breach)).body['id'] as string;
  t.is((await post('', breach, mother)).body.code, 'not-allowed');
  t.is((await post(`/${id}/assess`, judged, elsewhere)).body.code, 'not-found');
  t.deepEqual(await get('', elsewhere), []);
  t.is((await post('', { ...breach, from: breach.to, to: breach.from })).body.code, 'invalid');
  t.is((await post('', { ...breach, knownAt: '2026-11-25T09:30:00Z' })).body.code, 'invalid');
});

test('what is about to be late is brought to the officer’s mind, once, and again when it is late', async (t) => {
  const { world, clock, post } = await started();
  await using _ = world;
  await world.service.send(mother, 'POST', `/api/family/children/${people.aino}/requests`, {
    kind: 'erasure',
    wish: 'Please.',
  });
  await post('', breach);
  const kinds = async () => {
    await world.work();
    const { body } = await world.service.send(officer, 'GET', '/api/officer/reminders');
    return (body as unknown as { id: string; kind: string }[]).map(({ kind }) => kind);
  };
  t.deepEqual(await kinds(), []);
  clock.set('2026-11-26T10:00:00Z');
  t.deepEqual(await kinds(), ['incident-due']);
  clock.set('2026-12-18T10:00:00Z');
  t.deepEqual((await kinds()).sort(), ['incident-due', 'incident-late', 'request-due']);
  const { body } = await world.service.send(officer, 'GET', '/api/officer/reminders');
  for (const { id } of body as unknown as { id: string }[])
    t.is((await world.service.send(officer, 'POST', `/api/officer/reminders/${id}/seen`)).status, 200);
  t.deepEqual(await kinds(), []);
  clock.set('2026-12-25T10:00:00Z');
  t.deepEqual(await kinds(), ['request-late']);
  t.is((await world.service.send(mother, 'GET', '/api/officer/reminders')).body.code, 'not-allowed');
});

test('the record of processing has the core’s own activities and every agreement, and is handed out as a document', async (t) => {
  const { world } = await started();
  await using _ = world;
  const { body } = await world.service.send(officer, 'GET', '/api/officer/record');
  const record = body as unknown as {
    controller: { code: string };
    activities: { source: string; bases: string[]; recipients: object[] }[];
    measures: object[];
  };
  t.is(record.controller.code, '049');
  t.true(record.activities.filter(({ source }) => source === 'core').length >= 5);
  t.true(record.measures.length > 0);
  for (const format of ['html', 'csv', 'json']) {
    const answer = await fetch(`${world.service.url}/api/officer/record/document?format=${format}&language=sv`, {
      headers: { 'x-actor': officer.session },
    });
    t.is(answer.status, 200);
    t.true((await answer.text()).includes('Esbo') || format === 'csv');
  }
  t.is((await world.service.send(mother, 'GET', '/api/officer/record')).body.code, 'not-allowed');
});
