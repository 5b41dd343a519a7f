import anyTest from 'ava';
import { attendanceRoutes, createAccess } from '../../../core/access/index.ts';
import { addEvent, mapReason } from '../../../core/education/index.ts';
import { createService } from '../../../core/http/index.ts';
import type { Actor, RoleName } from '../../../core/identity/index.ts';
import { newId, type Id } from '../../../core/kernel/index.ts';
import { quietLog } from '../../support/database.ts';
import { clock } from '../education/bundle-fixture.ts';
import { changed } from '../education/small-school.ts';
import { confirmed, openTowns, type Town, type Towns } from '../education/towns.ts';
import { actor } from '../marketplace/school-world.ts';

const test = anyTest.serial;
let towns: Towns;
const stack = new AsyncDisposableStack();
const callers = new Map<string, Actor>();
let origin: string;

anyTest.before(async () => {
  towns = stack.use(await openTowns());
  const { database } = towns;
  const access = createAccess({ database, clock, secret: Buffer.alloc(32, 1) });
  const service = createService<Actor>({
    ...{ name: 'test', log: quietLog, clock, openapi: { title: 'test', version: '0' } },
    routes: attendanceRoutes({ access, database, clock }),
    authenticate: async (ctx) => callers.get(ctx.get('x-test-caller')),
  });
  origin = `http://127.0.0.1:${stack.use(await service.listen(0)).port}`;
});
anyTest.after.always(() => stack.disposeAsync());

// Guardians’ own roles are at the municipality; a principal and a second teacher work in the school.
const roster = changed({
  users: {
    p1: 'p1,,,true,,,Rauha,Rehtori,,,',
    t2: 't2,,,true,,,Outi,Toinen,,,',
  },
  roles: {
    r7: 'r7,,,p1,primary,principal,2026-08-01,,s,',
    r8: 'r8,,,t2,primary,teacher,2026-08-01,,s,',
  },
});

async function school() {
  const town = await towns.add();
  await town.load(roster, confirmed);
  const idOf = async (table: string, source: string): Promise<Id> =>
    (await town.rows<{ id: Id }>(`select id from ${table} where source_id = $1`, [source]))[0]!.id;
  const place = await idOf('org', 's');
  const [teacher, c5] = [await idOf('person', 't1'), await idOf('class', 'c5')];
  const event = await towns.database.inTenant(town.id, (tx) =>
    addEvent(tx, town.id, {
      ...{ class: c5, school: place, title: 'MA', place: 'A12', teacher },
      ...{ startAt: new Date('2026-11-24T06:00:00Z'), endAt: new Date('2026-11-24T06:45:00Z') },
    }),
  );
  await towns.database.inTenant(town.id, (tx) => mapReason(tx, town.id, { reason: 'sairas', class: 'illness' }));
  const as = async (source: string, role: RoleName) => desk(town, { who: await idOf('person', source), role, place });
  const learner = { aada: await idOf('person', 'l1'), eino: await idOf('person', 'l2') };
  return { town, event, as, ...learner };
}

function desk(town: Town, { who, role, place }: { who: Id; role: RoleName; place: Id }) {
  const base = actor({ municipality: town.id, code: '101', who, role });
  const caller = newId();
  callers.set(caller, { ...base, school: { id: place, name: 'Koulu' } });
  const headers = { 'x-test-caller': caller, 'x-csrf-token': base.csrf, 'content-type': 'application/json' };
  // biome-ignore lint/suspicious/noExplicitAny: answers of several shapes, each compared whole
  return async (method: string, path: string, body?: unknown): Promise<{ status: number; body: any }> => {
    const answer = await fetch(`${origin}/api/${path}`, {
      method,
      headers,
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    return { status: answer.status, body: text ? JSON.parse(text) : {} };
  };
}

const events = (town: Town) =>
  town.rows<{ action: string; purpose: string; actor_role: string; subjects: Id[] }>(
    `select action, purpose, actor_role, subjects from audit_event where decision = 'allow' order by at, action`,
  );

test('a teacher marks the lesson of the day; the family sees the absence, and who read it', async (t) => {
  const { town, event, as, eino, aada } = await school();
  const teacher = await as('t1', 'teacher');
  t.like(await teacher('GET', 'calendarEvents'), {
    status: 200,
    body: { day: '2026-11-24', items: [{ id: event, title: 'MA' }] },
  });
  t.deepEqual((await teacher('GET', 'calendarEvents?day=2026-11-25')).body.items, []);
  const path = `calendarEvents/${event}/attendances`;
  const before = await teacher('GET', path);
  t.is(before.body.minutes, 45);
  t.deepEqual(before.body.reasons, ['sairas']);
  t.deepEqual(
    before.body.learners.map(({ name }: { name: string }) => name),
    ['Čuosti Šđŋŧž', 'Aada Ärri', 'Eino Örri'],
  );
  const attendances = [
    { student: aada, absentMinutes: 0, absenceReason: null },
    { student: eino, absentMinutes: 45, absenceReason: 'sairas' },
  ];
  t.is((await teacher('PUT', path, { attendances })).status, 204);
  const after = (await teacher('GET', path)).body.learners as {
    student: Id;
    isReported: boolean;
    absentMinutes: number;
  }[];
  t.like(
    after.find(({ student }) => student === eino),
    { isReported: true, absentMinutes: 45 },
  );
  t.is(after.filter(({ isReported }) => !isReported).length, 1);
  const guardian = await as('g1', 'guardian');
  const seen = await guardian('GET', `family/children/${eino}/absences`);
  t.like(seen.body, {
    mayRegister: true,
    lessons: [{ title: 'MA', validAbsenceMinutes: 45, invalidAbsenceMinutes: 0, absenceReason: 'sairas' }],
  });
  t.deepEqual((await guardian('GET', `family/children/${aada}/absences`)).body.lessons, []);
  const logged = await events(town);
  t.deepEqual(logged.map(({ action, actor_role }) => `${action} ${actor_role}`).sort(), [
    'attendance.read teacher',
    'attendance.read teacher',
    'attendance.report teacher',
    'family.read guardian',
    'family.read guardian',
  ]);
  t.is(logged.find(({ action }) => action === 'attendance.read')!.subjects.length, 3);
});

test('another teacher, another role and another municipality get nowhere, with the same words', async (t) => {
  const { event, as, aada } = await school();
  const path = `calendarEvents/${event}/attendances`;
  const attendances = [{ student: aada, absentMinutes: 5, absenceReason: null }];
  const other = await as('t2', 'teacher');
  const strange = await (await school()).as('t1', 'teacher');
  for (const who of [other, strange]) {
    t.deepEqual(
      (await who('GET', 'calendarEvents')).body.items.some(({ id }: { id: Id }) => id === event),
      false,
    );
    t.like(await who('GET', path), { status: 404, body: { detail: 'There is no such lesson of yours.' } });
    t.like(await who('PUT', path, { attendances }), {
      status: 404,
      body: { detail: 'There is no such lesson of yours.' },
    });
  }
  for (const [source, role] of [
    ['g1', 'guardian'],
    ['l1', 'student'],
    ['p1', 'principal'],
  ] as const) {
    const who = await as(source, role);
    t.is((await who('GET', path)).status, 403, role);
    t.is((await who('PUT', path, { attendances })).status, 403, role);
  }
  const teacher = await as('t1', 'teacher');
  t.is((await teacher('GET', `family/children/${aada}/absences`)).status, 403);
  t.is((await teacher('GET', 'school/absences')).status, 403);
});

test('a report about a learner whom the teacher may not see any more is refused as a whole', async (t) => {
  const { town, event, as, aada, eino } = await school();
  const teacher = await as('t1', 'teacher');
  await town.rows(
    `insert into protection (municipality_id, id, person_id, kind, source, valid_from) values ($1, $2, $3, 'restriction', 'test', '2026-01-01')`,
    [town.id, newId(), eino],
  );
  const path = `calendarEvents/${event}/attendances`;
  const { body } = await teacher('GET', path);
  t.false(body.learners.some(({ student }: { student: Id }) => student === eino));
  const attendances = [aada, eino].map((student) => ({ student, absentMinutes: 0, absenceReason: null }));
  t.is((await teacher('PUT', path, { attendances })).status, 404);
  const unmapped = [{ student: aada, absentMinutes: 5, absenceReason: 'keksitty' }];
  t.like(await teacher('PUT', path, { attendances: unmapped }), { status: 400 });
  t.is(
    (await teacher('PUT', path, { attendances: [{ student: aada, absentMinutes: 46, absenceReason: null }] })).status,
    400,
  );
  t.deepEqual(await town.rows('select id from attendance'), []);
});

test('a guardian tells of an absence beforehand, and the principal decides about it once', async (t) => {
  const { as, aada } = await school();
  const [guardian, child, principal] = [
    await as('g1', 'guardian'),
    await as('l1', 'student'),
    await as('p1', 'principal'),
  ];
  const absence = { startAt: '2026-11-30T06:00:00Z', endAt: '2026-11-30T13:00:00Z', reason: 'matka' };
  t.is((await child('POST', 'family/children/me/absences', absence)).status, 403);
  const told = await guardian('POST', `family/children/${aada}/absences`, absence);
  t.is(told.status, 201);
  t.is(
    (await guardian('POST', `family/children/${aada}/absences`, { ...absence, endAt: absence.startAt })).status,
    400,
  );
  t.is((await guardian('POST', `family/children/${newId()}/absences`, absence)).status, 404);
  t.like(await principal('GET', 'school/absences'), {
    body: { items: [{ id: told.body.id, name: 'Aada Ärri', reason: 'matka' }] },
  });
  const elsewhere = await (await school()).as('p1', 'principal');
  t.deepEqual((await elsewhere('GET', 'school/absences')).body.items, []);
  t.is((await elsewhere('POST', `school/absences/${told.body.id}`, { decision: 'granted' })).status, 404);
  t.is((await principal('POST', `school/absences/${told.body.id}`, { decision: 'granted' })).status, 204);
  t.is((await principal('POST', `school/absences/${told.body.id}`, { decision: 'refused' })).status, 404);
  t.like((await child('GET', 'family/children/me/absences')).body, {
    mayRegister: false,
    registered: [{ status: 'granted' }],
  });
});

for (const { season, days, span } of [
  {
    season: 'winter',
    days: { firstDay: '2026-11-30', lastDay: '2026-11-30' },
    span: ['2026-11-29T22:00:00.000Z', '2026-11-30T22:00:00.000Z'],
  },
  {
    season: 'summer',
    days: { firstDay: '2027-05-03', lastDay: '2027-05-04' },
    span: ['2027-05-02T21:00:00.000Z', '2027-05-04T21:00:00.000Z'],
  },
  {
    season: 'the days around the change to summer time',
    days: { firstDay: '2027-03-26', lastDay: '2027-03-29' },
    span: ['2027-03-25T22:00:00.000Z', '2027-03-29T21:00:00.000Z'],
  },
])
  test(`whole days of absence are school days of Finland: ${season}`, async (t) => {
    const { as, aada } = await school();
    const guardian = await as('g1', 'guardian');
    t.is((await guardian('POST', `family/children/${aada}/absences`, { ...days, reason: null })).status, 201);
    const list = `family/children/${aada}/absences?from=${days.firstDay}&to=${days.lastDay}`;
    const [told] = (await guardian('GET', list)).body.registered;
    t.deepEqual([told.startAt, told.endAt], span);
    const backwards = { firstDay: days.lastDay, lastDay: '2026-01-01', reason: null };
    t.is((await guardian('POST', `family/children/${aada}/absences`, backwards)).status, 400);
    const noDay = { firstDay: '2027-02-30', lastDay: '2027-02-30', reason: null };
    t.is((await guardian('POST', `family/children/${aada}/absences`, noDay)).status, 400);
    const both = { ...days, startAt: span[0], endAt: span[1], reason: null };
    t.is((await guardian('POST', `family/children/${aada}/absences`, both)).status, 400);
  });

test('a guardian against whom a custody entry stands sees no absences of the child', async (t) => {
  const { town, as, aada } = await school();
  const [{ id: against }] = (await town.rows<{ id: Id }>(`select id from person where source_id = 'g2'`)) as [
    { id: Id },
  ];
  await town.rows(
    `insert into protection (municipality_id, id, person_id, kind, against_person_id, source, valid_from)
     values ($1, $2, $3, 'custody', $4, 'test', '2026-01-01')`,
    [town.id, newId(), aada, against],
  );
  const barred = await as('g2', 'guardian');
  t.is((await barred('GET', `family/children/${aada}/absences`)).status, 404);
  const absence = { startAt: '2026-11-30T06:00:00Z', endAt: '2026-11-30T13:00:00Z', reason: null };
  t.is((await barred('POST', `family/children/${aada}/absences`, absence)).status, 404);
});
