import test from 'ava';
import { createSmtpMailer } from '../../../core/capabilities/index.ts';
import { endOfQuiet } from '../../../core/capabilities/messages/quiet-hours.ts';
import { type Id, newId } from '../../../core/kernel/index.ts';
import { type SmtpServer, smtpServer } from '../../support/smtp-server.ts';
import { type Installed, nobody, type PluginWorld, pluginWorld } from '../plugins/plugin-world.ts';
import { pluginFor, schoolRecords, scopeOf, studentsScope } from './school-records.ts';

let smtp: SmtpServer;
let world: PluginWorld;
let records: ReturnType<typeof schoolRecords>;
let plugin: Installed;
let aino: string;
let child: Id;
test.before(async () => {
  smtp = await smtpServer();
  world = await pluginWorld({ mailer: createSmtpMailer({ url: smtp.url, from: 'DigiOne <no-reply@digione.test>' }) });
  records = schoolRecords(world);
  plugin = await world.install({ manifest: pluginFor('alarm', [studentsScope, scopeOf('notify', [])]) });
  const { students } = (await plugin.ask('education.students', {})).value as {
    students: { id: string; givenName: string }[];
  };
  aino = students.find(({ givenName }) => givenName === 'Aino')!.id;
  [child] = world.town.learners as [Id];
});
test.after.always(async () => {
  await world[Symbol.asyncDispose]();
  await smtp[Symbol.asyncDispose]();
});
test.afterEach(async () => {
  smtp.letters.length = 0;
  smtp.answers.length = 0;
  await records.query('delete from mail_outbox');
  await records.query('delete from guardianship');
});

const send = (more: object = {}) =>
  plugin.ask('notify.send', {
    subject: aino,
    to: 'guardians',
    title: 'Aino is absent',
    text: 'Aino Test has not come to mathematics.',
    ...more,
  });
const drain = () => world.plugins.jobs.drain(world.town.municipality);
const outbox = () =>
  records.query<{ status: string; code: string | null; attempts: number; held: boolean }>(
    'select status, code, attempts, next_at > now() as held from mail_outbox order by queued_at',
  );
const parent = (address: string | undefined = `${newId()}@home.test`) =>
  records.guardian(child, address ? { email: address } : {});
const me = (person: Id, method: 'GET' | 'POST', body?: object) =>
  world.service.send(records.as(person, 'guardian'), method, '/api/notifications', body);
const quietNow = () => {
  const at = (minutes: number) =>
    new Date(Date.now() + minutes * 60_000).toLocaleTimeString('sv-SE', {
      timeZone: 'Europe/Helsinki',
      timeStyle: 'short',
    });
  return { from: at(-60), to: at(60) };
};

test.serial('each guardian who is told finds the message and gets a letter that tells nobody’s data', async (t) => {
  const reader = await parent('gia@home.test');
  await records.guardian(child, { email: 'not-told@home.test', notify: false });
  t.deepEqual(Object.keys((await send({ purpose: 'class-list' })).value as object), ['id']);
  await drain();
  t.deepEqual(
    smtp.letters.map(({ to }) => to),
    [['gia@home.test']],
  );
  const { text } = smtp.letters[0]!;
  t.regex(text, /^Subject: Uusi viesti DigiOnessa$/m);
  t.regex(text, /https:\/\/portal\.test\/inbox/);
  t.regex(text, /^List-Unsubscribe-Post: List-Unsubscribe=One-Click$/im);
  for (const told of ['Aino', 'mathematics', 'absent', 'School', child, aino]) t.false(text.includes(told), told);
  t.deepEqual(await outbox(), [{ status: 'sent', code: null, attempts: 1, held: true }]);
  const { body } = await world.service.send(records.as(reader, 'guardian'), 'GET', '/api/inbox');
  t.like(body, { items: { 0: { title: 'Aino is absent' } } });
});

test.serial(
  'quiet hours of the person or the municipality hold the letter until they end, not the message',
  async (t) => {
    const reader = await parent();
    t.is((await me(reader, 'POST', { email: true, quiet: quietNow(), muted: [] })).status, 204);
    await send();
    await drain();
    t.deepEqual(await outbox(), [{ status: 'waiting', code: null, attempts: 0, held: true }]);
    t.deepEqual(smtp.letters, []);
    t.like((await me(reader, 'GET')).body, { email: true, quiet: quietNow(), everybody: null });
    const { administrator } = world.town;
    const hours = (quiet: object | null) =>
      world.service.send(administrator, 'POST', '/api/municipality/notifications', { quiet });
    t.is((await hours(quietNow())).status, 204);
    await me(reader, 'POST', { email: true, quiet: null, muted: [] });
    await records.query(`update mail_outbox set next_at = now() - interval '1 second'`);
    await drain();
    t.like(await outbox(), [{ status: 'waiting', attempts: 0, held: true }], 'hours that began meanwhile hold it too');
    t.is((await hours(null)).status, 204);
    await records.query(`update mail_outbox set next_at = now() - interval '1 second'`);
    await drain();
    t.is(smtp.letters.length, 1);
    t.is((await hours({ from: '08:00', to: '08:00' })).status, 400);
    t.is(
      (await world.service.send(world.town.teacher, 'POST', '/api/municipality/notifications', { quiet: null })).status,
      403,
    );
  },
);

test.serial(
  'who is barred after the message was sent gets no letter; nor does who wants none, or has no address',
  async (t) => {
    const [barred, muted] = [await parent(), await parent()];
    await records.guardian(child);
    await me(muted, 'POST', { email: true, quiet: null, muted: [plugin.plugin] });
    await records.query(`insert into quiet_hours (municipality_id, quiet_from, quiet_to) values ($1, $2, $3)`, [
      world.town.municipality,
      ...Object.values(quietNow()),
    ]);
    await send();
    await records.query('delete from quiet_hours');
    await records.protect(child, 'custody', barred);
    await records.query(`update mail_outbox set next_at = now() - interval '1 second'`);
    await drain();
    t.deepEqual(smtp.letters, []);
    t.deepEqual((await outbox()).map(({ status, code }) => `${status} ${code}`).sort(), [
      'withheld no-address',
      'withheld not-allowed',
      'withheld not-wanted',
    ]);
  },
);

test.serial('a letter stops the letters by one press, without signing in; a forged link stops nobody’s', async (t) => {
  const reader = await parent();
  await send();
  await drain();
  const path = new URL(
    /<https:\/\/portal\.test(\/api[^>]+)>/.exec(smtp.letters[0]!.text.replaceAll('\n ', ''))![1]!,
    'https://portal.test',
  );
  const forged = `${path.pathname}?token=test.${'A'.repeat(120)}`;
  t.is((await world.service.send(undefined, 'POST', forged)).status, 404);
  t.is((await world.service.send(undefined, 'POST', `${path.pathname}${path.search}`)).status, 204);
  t.like((await me(reader, 'GET')).body, { email: false });
  await send();
  await drain();
  t.is(smtp.letters.length, 1);
});

test.serial(
  'what the server puts off is tried again, what it refuses is dead and shown without its reader',
  async (t) => {
    await parent();
    smtp.answers.push('451 later', '550 no such box');
    await send();
    await drain();
    t.like(await outbox(), [{ status: 'waiting', code: 'smtp-451', attempts: 1, held: true }]);
    await records.query(`update mail_outbox set next_at = now() - interval '1 second'`);
    await drain();
    t.like(await outbox(), [{ status: 'dead', code: 'smtp-550', attempts: 2 }]);
    const { body } = await world.service.send(world.town.administrator, 'GET', '/api/municipality/notifications');
    t.like(body, { undelivered: [{ plugin: plugin.plugin, code: 'smtp-550', count: 1 }] });
  },
);

test.serial('without the scope, about a stranger or in another shape nobody is told', async (t) => {
  const none = await world.install({ manifest: pluginFor('no-alarm', [studentsScope]) });
  t.is(
    (await none.ask('notify.send', { subject: aino, to: 'guardians', title: 'x', text: 'x' })).code,
    'scope-missing',
  );
  const wrong: [object, string][] = [
    [{ subject: nobody() }, 'not-allowed'],
    [{ to: 'everybody' }, 'invalid-argument'],
    [{ title: 'a\nb' }, 'invalid-argument'],
    [{ text: '' }, 'invalid-argument'],
    [{ purpose: 'other' }, 'scope-missing'],
    [{ more: 1 }, 'invalid-argument'],
  ];
  for (const [change, code] of wrong) t.is((await send(change)).code, code, JSON.stringify(change));
  t.deepEqual(await outbox(), []);
});

test('quiet hours end on the clocks of the school, also over midnight, one after the other and when the clocks change', (t) => {
  const end = (now: string, ...hours: [string, string][]) =>
    endOfQuiet(
      new Date(now),
      hours.map(([from, to]) => ({ from, to })),
    ).toISOString();
  t.is(end('2026-11-24T20:00:00.000Z', ['21:00', '07:00']), '2026-11-25T05:00:00.000Z');
  t.is(end('2026-11-24T12:00:00.000Z', ['21:00', '07:00']), '2026-11-24T12:00:00.000Z');
  t.is(end('2026-11-24T20:00:00.000Z', ['21:00', '07:00'], ['06:00', '08:30']), '2026-11-25T06:30:00.000Z');
  t.is(end('2026-03-28T20:00:00.000Z', ['21:00', '07:00']), '2026-03-29T04:00:00.000Z');
  t.is(end('2026-10-24T20:00:00.000Z', ['21:00', '07:00']), '2026-10-25T05:00:00.000Z');
});
