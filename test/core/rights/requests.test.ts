import { verify } from 'node:crypto';
import test from 'ava';
import { createAccess } from '../../../core/access/index.ts';
import { createAudit } from '../../../core/audit/index.ts';
import { fixedClock, systemClock } from '../../../core/kernel/index.ts';
import { quietLog } from '../../support/database.ts';
import { municipality } from '../access/plant-world.ts';
import { actorOf, grant, people, school } from '../access/small-world.ts';
import {
  agreedPlugin,
  aino,
  elsewhere,
  father,
  fresh,
  keepNote,
  mother,
  noteValues,
  officer,
  privateKey,
  publicKey,
  rightsWorld,
  type RightsWorld,
} from './rights-world.ts';

const path = `/api/family/children/${people.aino}/requests`;

async function asked(world: RightsWorld, body: object, who = mother): Promise<string> {
  const answer = await world.service.send(who, 'POST', path, body);
  if (answer.status !== 201) throw new Error(JSON.stringify(answer.body));
  return answer.body['id'] as string;
}

const decided = (world: RightsWorld, id: string, body: object, who = officer) =>
  world.service.send(who, 'POST', `/api/officer/requests/${id}/decide`, body);

interface Own {
  requests: {
    id: string;
    state: string;
    outcome: string | null;
    reasons: string | null;
    inForce: boolean;
    receipts: { id: string }[];
  }[];
  inForce: { kind: string }[];
  mayAsk: boolean;
}
const own = async (world: RightsWorld, who = mother) =>
  (await world.service.send(who, 'GET', path)).body as unknown as Own;

/** Whom the teacher's plugin sees for a purpose on public task. */
async function seenByPlugin(world: RightsWorld): Promise<string[]> {
  const { database } = world.platform;
  const access = createAccess({ database, clock: systemClock('2026-11-24'), secret: Buffer.alloc(32, 7) });
  const question = { actor: actorOf('teacher', 'teacher'), grant, purpose: 'list', elements: ['students.givenName'] };
  const { rows } = await access.students(question);
  return rows.map(({ givenName }) => givenName!);
}

test('an objection takes effect at once, is seen by the family and the officer, and ends when it is declined', async (t) => {
  await using world = await rightsWorld();
  t.deepEqual(await seenByPlugin(world), ['Given 1', 'Given 2']);
  const id = await asked(world, { kind: 'objection', wish: 'We do not want this plugin.' });
  t.deepEqual(await seenByPlugin(world), ['Given 2']);
  t.deepEqual(world.narrowed, [{ municipality, plugins: [agreedPlugin] }]);
  t.like((await own(world)).requests[0]!, { id, state: 'open', inForce: true });
  t.deepEqual((await own(world, father)).requests, [], 'the other guardian is not told who asked');
  t.deepEqual(
    (await own(world, father)).inForce.map(({ kind }) => kind),
    ['objection'],
  );
  const { body } = await world.service.send(officer, 'GET', '/api/officer/requests');
  t.like((body as unknown as object[])[0]!, {
    id,
    kind: 'objection',
    inForce: true,
    daysLeft: 30,
    dueOn: '2026-12-24',
  });
  t.is(
    (await decided(world, id, { outcome: 'declined', reasons: 'The class cannot be taught without it.' })).status,
    200,
  );
  t.deepEqual(await seenByPlugin(world), ['Given 1', 'Given 2']);
  t.like((await own(world)).requests[0]!, { state: 'decided', outcome: 'declined', inForce: false });
});

test('a restriction holds from the decision on, until the officer lifts it', async (t) => {
  await using world = await rightsWorld();
  const id = await asked(world, { kind: 'restriction', wish: 'The address is contested.' });
  t.deepEqual(await seenByPlugin(world), ['Given 1', 'Given 2']);
  await decided(world, id, { outcome: 'accepted', reasons: 'While it is looked into.' });
  t.deepEqual(await seenByPlugin(world), ['Given 2']);
  t.deepEqual(
    (await own(world)).inForce.map(({ kind }) => kind),
    ['restriction'],
  );
  const lift = () => world.service.send(officer, 'POST', `/api/officer/requests/${id}/lift`);
  t.is((await lift()).status, 200);
  t.deepEqual(await seenByPlugin(world), ['Given 1', 'Given 2']);
  t.is((await lift()).body.code, 'conflict');
});

test('a request that is withdrawn ends what it had brought, and cannot be decided any more', async (t) => {
  await using world = await rightsWorld();
  const id = await asked(world, { kind: 'objection', wish: 'Not this.' });
  const take = (who = mother) => world.service.send(who, 'POST', `/api/rights/requests/${id}/withdraw`);
  t.is((await take(father)).body.code, 'not-found');
  t.is((await take()).status, 200);
  t.deepEqual(await seenByPlugin(world), ['Given 1', 'Given 2']);
  t.is((await take()).body.code, 'conflict');
  t.is((await decided(world, id, { outcome: 'accepted', reasons: 'Too late.' })).body.code, 'conflict');
});

test('a correction is applied and passed on to those who were given the field, as the log says', async (t) => {
  await using world = await rightsWorld();
  const { database } = world.platform;
  const audit = createAudit({
    database,
    clock: systemClock('2026-11-24'),
    log: quietLog,
    signer: { name: 'test-log', privateKey },
  });
  const read = {
    municipality,
    school,
    plugin: agreedPlugin,
    version: '1.0.0',
    purpose: 'list',
    actor: people.teacher,
    actorRole: 'teacher',
  };
  await database.inTenant(municipality, async (tx) => {
    await audit.append(tx, {
      ...read,
      action: 'students.read',
      elements: ['students.email'],
      subjects: [{ person: people.aino, mask: 64 }],
    });
    await audit.append(tx, {
      ...read,
      plugin: 'other-vendor/names',
      action: 'students.read',
      elements: ['students.givenName'],
      subjects: [{ person: people.aino, mask: 1 }],
    });
    await audit.append(tx, {
      ...read,
      action: 'data.disclose',
      reason: 'mail.example',
      elements: ['students.email'],
      subjects: [{ person: people.aino, mask: 64 }],
    });
    await audit.append(tx, {
      ...read,
      plugin: 'other-vendor/other-child',
      action: 'students.read',
      elements: ['students.email'],
      subjects: [{ person: people.eero, mask: 64 }],
    });
  });
  await audit.sequencer.integrate(municipality);
  const id = await asked(world, {
    kind: 'rectification',
    wish: 'Mistyped.',
    element: 'students.email',
    value: 'aino@example.fi',
  });
  const detail = async () =>
    (await world.service.send(officer, 'GET', `/api/officer/requests/${id}`)).body as unknown as {
      present: string;
      recipients: { kind: string; name: string; state: string }[];
    };
  t.is((await detail()).present, 'learner@example.fi');
  await decided(world, id, { outcome: 'accepted', reasons: 'Right.' });
  t.is((await detail()).present, 'aino@example.fi');
  t.deepEqual(
    (await detail()).recipients.map(({ kind, name, state }) => [kind, name, state]),
    [
      ['plugin', agreedPlugin, 'to-tell'],
      ['processor', 'mail.example', 'to-tell'],
    ],
  );
  const note = (state: string, name = 'mail.example') =>
    world.service.send(officer, 'POST', `/api/officer/requests/${id}/recipients`, { kind: 'processor', name, state });
  t.is((await note('acknowledged')).body.code, 'conflict', 'first told, then acknowledged');
  t.is((await note('told')).status, 200);
  t.is((await note('acknowledged')).status, 200);
  t.is((await note('told', 'nobody.example')).body.code, 'conflict');
  const bad = { kind: 'rectification', wish: 'So.', element: 'students.birthDate', value: 'yesterday' };
  t.is((await world.service.send(mother, 'POST', path, bad)).body.code, 'invalid');
});

test('an erasure follows the retention rules source by source, leaves a signed receipt, and goes on at the deadline', async (t) => {
  const clock = fixedClock('2026-11-24T10:00:00Z');
  await using world = await rightsWorld({ clock });
  await world.sql(keepNote, noteValues('n1', { text: 'one' }));
  await world.sql(keepNote, noteValues('of-eero', { text: 'other' }, people.eero));
  await world.sql('insert into storage_usage values ($1, $2, $3, 2, 20)', [municipality, agreedPlugin, school]);
  await world.sql(`update document set updated_at = '2026-11-20T10:00:00Z'`);
  await world.sql(
    `insert into absence (municipality_id, id, student_id, school_id, start_at, end_at, registered_by, registered_at)
     values ($1, gen_random_uuid(), $2, $3, '2026-10-01T06:00:00Z', '2026-10-01T10:00:00Z', $4, now())`,
    [municipality, people.aino, school, people.mother],
  );
  const id = await asked(world, { kind: 'erasure', wish: 'Everything, please.' });
  const { body } = await world.service.send(officer, 'GET', `/api/officer/requests/${id}`);
  const plan = (body as unknown as { plan: { source: string; proposal: string; rule: string; dueOn: string | null }[] })
    .plan;
  const lineOf = (source: string) => plan.find((line) => line.source === source)!;
  t.like(lineOf('documents'), { proposal: 'erase', rule: 'consent' });
  t.like(lineOf('absences'), { proposal: 'retain', rule: 'school-year', dueOn: '2028-08-01' });
  t.like(lineOf('person'), { proposal: 'retain', rule: 'schooling', dueOn: '2027-08-01' });
  t.like(lineOf('audit'), { proposal: 'retain', rule: 'log' });

  const early = {
    outcome: 'accepted',
    reasons: 'As far as the law lets.',
    choices: [{ source: 'person', choice: 'erase' }],
  };
  t.is((await decided(world, id, early)).body.code, 'retention-required');
  const noReason = {
    ...early,
    choices: [{ source: 'documents', plugin: agreedPlugin, purpose: 'notes', choice: 'decline' }],
  };
  t.is((await decided(world, id, noReason)).body.code, 'invalid');
  const done = await decided(world, id, { outcome: 'accepted', reasons: 'As far as the law lets.' });
  t.is(done.body['outcome'], 'partly', JSON.stringify(done.body));
  t.is((await decided(world, id, { outcome: 'accepted', reasons: 'Again.' })).body.code, 'conflict');
  await world.work();
  t.deepEqual(await world.sql('select id from document'), [{ id: 'of-eero' }]);
  t.like((await world.sql('select documents::int, bytes::int from storage_usage'))[0]!, { documents: 1, bytes: 10 });
  t.is((await world.sql('select 1 from absence')).length, 1);

  const [receipt] = (await own(world)).requests[0]!.receipts;
  const signed = (await world.service.send(mother, 'GET', `/api/rights/receipts/${receipt!.id}`)).body[
    'receipt'
  ] as string;
  const [head, claims, signature] = signed.split('.');
  t.true(verify(null, Buffer.from(`${head}.${claims}`), publicKey, Buffer.from(signature!, 'base64url')));
  const said = JSON.parse(Buffer.from(claims!, 'base64url').toString()) as {
    destroyed: { source: string; rows: number }[];
    kept: { source: string; until?: string }[];
  };
  t.like(said.destroyed.find(({ source }) => source === 'documents')!, { rows: 1 });
  t.like(said.kept.find(({ source }) => source === 'absences')!, { until: '2028-08-01' });
  t.is((await world.service.send(father, 'GET', `/api/rights/receipts/${receipt!.id}`)).body.code, 'not-found');

  clock.set('2028-08-01T10:00:00Z');
  await world.work();
  t.deepEqual(await world.sql('select 1 from absence'), [], 'the retention has ended');
  const [person] = await world.sql<{ due: string }>(`select due_on as due from rights_erasure where source = 'person'`);
  t.is(person!.due, '2029-08-01', 'still at school: looked at again a year later');
  t.is((await own(world)).requests[0]!.receipts.length, 2);
});

test('of whoever has left for good nothing stays but what nobody can read: name, ties and the key of the log go', async (t) => {
  await using world = await rightsWorld();
  await world.sql(`update enrollment set valid_to = '2026-08-02' where person_id = $1`, [people.aino]);
  await world.sql('insert into audit_subject_key (municipality_id, person_id, salt) values ($1, $2, $3)', [
    municipality,
    people.aino,
    Buffer.alloc(32, 1),
  ]);
  const id = await asked(world, { kind: 'erasure', wish: 'We have moved away.' });
  t.is((await decided(world, id, { outcome: 'accepted', reasons: 'She has left.' })).body['outcome'], 'accepted');
  await world.work();
  const [person] = await world.sql(
    'select given_name, family_name, email, birth_date, status from person where id = $1',
    [people.aino],
  );
  t.deepEqual(person, { given_name: '–', family_name: '–', email: null, birth_date: null, status: 'tobedeleted' });
  t.deepEqual(await world.sql('select 1 from enrollment where person_id = $1', [people.aino]), []);
  const [key] = await world.sql('select salt from audit_subject_key where person_id = $1', [people.aino]);
  t.deepEqual(key, { salt: null });
});

test('the month may be extended once, with a reason', async (t) => {
  await using world = await rightsWorld();
  const id = await asked(world, { kind: 'erasure', wish: 'Please.' });
  const extend = () =>
    world.service.send(officer, 'POST', `/api/officer/requests/${id}/extend`, { reason: 'Ten plugins.' });
  t.is((await extend()).body['dueOn'], '2027-02-24');
  t.is((await extend()).body.code, 'conflict');
});

test('who may not ask, read or decide', async (t) => {
  await using world = await rightsWorld();
  const wish = { kind: 'erasure', wish: 'Please.' };
  const code = async (who: typeof mother, to = path) => (await world.service.send(who, 'POST', to, wish)).body.code;
  t.is(await code(aino, '/api/family/children/me/requests'), 'not-allowed');
  t.is(
    await code({ ...mother, session: 'stale', authTime: new Date(Date.now() - 6 * 60_000) }),
    'fresh-sign-in-needed',
  );
  t.is(await code(fresh('teacher', 'teacher')), 'not-found');
  t.is(await code(elsewhere), 'not-found');
  await world.sql('update guardianship set can_decide = false where guardian_id = $1', [people.father]);
  t.is(await code(father), 'not-allowed');
  t.false((await own(world, father)).mayAsk);
  const id = await asked(world, wish);
  for (const who of [
    mother,
    fresh('principal', 'principal'),
    { ...officer, municipality: { ...officer.municipality, kind: 'coordinator' as const } },
  ])
    t.is(
      (await decided(world, id, { outcome: 'accepted', reasons: 'Mine.' }, { ...who, session: 'x' })).body.code,
      'not-allowed',
    );
  t.is((await decided(world, id, { outcome: 'accepted', reasons: 'Not mine.' }, elsewhere)).body.code, 'not-found');
  t.is((await world.service.send(elsewhere, 'GET', `/api/officer/requests/${id}`)).body.code, 'not-found');
  t.deepEqual((await world.service.send(elsewhere, 'GET', '/api/officer/requests')).body, [] as never);
});

test('what the officer reads is in the log, for the family to see', async (t) => {
  await using world = await rightsWorld();
  const id = await asked(world, { kind: 'erasure', wish: 'Please.' });
  await world.service.send(officer, 'GET', `/api/officer/requests/${id}`);
  const rows = await world.sql<{ action: string; actor_role: string }>(
    `select action, actor_role from audit_event where $1 = any(subjects) and action like 'rights.%' order by position`,
    [people.aino],
  );
  t.deepEqual(rows, [
    { action: 'rights.ask', actor_role: 'guardian' },
    { action: 'rights.read', actor_role: 'dataProtectionOfficer' },
  ]);
});
