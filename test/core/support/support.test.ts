import test from 'ava';
import { generateKeyPairSync } from 'node:crypto';
import { accessRoutes, createAccess } from '../../../core/access/index.ts';
import { auditRoutes, createAudit } from '../../../core/audit/index.ts';
import { municipalities, story } from '../../../core/demo/index.ts';
import { createSupport, supportRoutes } from '../../../core/support/index.ts';
import { quietLog } from '../../support/database.ts';
import type { CookieBrowser } from '../../support/cookie-browser.ts';
import {
  post,
  session,
  signIn,
  startPlatform,
  type Platform,
  type SignInChoice,
} from '../identity/signed-in-platform.ts';

const minute = 60_000;
const reason = 'The class list of a teacher is empty: we look at what the roster gave.';
const people = {
  support: { sub: story.support.sub, municipality: '000', kind: 'staff' },
  reviewer: { sub: story.reviewer.sub, municipality: '000', kind: 'staff' },
  administrator: { sub: story.administrator.sub, municipality: '092', kind: 'staff' },
  officer: { sub: story.dataProtectionOfficer.sub, municipality: '092', kind: 'staff' },
  elsewhere: { sub: 'demo-mats', municipality: '049', kind: 'staff' },
  teacher: { sub: story.teacher.sub, municipality: '092', kind: 'mpassid' },
  guardian: { sub: story.guardian.sub, municipality: '092', kind: 'suomifi' },
} satisfies Record<string, SignInChoice>;
const school = story.school.id;
const otherSchool = municipalities.find(({ code }) => code === '092')!.schools.find(({ id }) => id !== school)!.id;

// One platform, moved through time: one test after the other.
let platform: Platform;
test.before(async () => {
  const signer = { name: 'test', privateKey: generateKeyPairSync('ed25519').privateKey };
  platform = await startPlatform(
    (same) => same,
    ({ database, clock }) => {
      const access = createAccess({ database, clock, secret: Buffer.alloc(32, 1) });
      const audit = createAudit({ database, clock, log: quietLog, signer });
      const support = createSupport({ database, clock, audit });
      return [...supportRoutes({ support, clock }), ...accessRoutes({ access }), ...auditRoutes({ audit })];
    },
  );
});
test.afterEach.always(() => platform.clock.reset());
test.after.always(() => platform?.[Symbol.asyncDispose]());

async function as(who: keyof typeof people): Promise<CookieBrowser> {
  return (await signIn(platform, people[who])).browser;
}

interface Answer {
  status: number;
  code?: string;
  // biome-ignore lint/suspicious/noExplicitAny: answers of several shapes, each looked at by its test
  body: any;
}

async function answerOf(response: Response): Promise<Answer> {
  const text = await response.text();
  const body = text ? JSON.parse(text) : {};
  return { status: response.status, body, ...(body.code && { code: body.code }) };
}

const get = async (browser: CookieBrowser, path: string, origin = platform.origin) =>
  answerOf(await browser.request(`${origin}${path}`));
const send = async (browser: CookieBrowser, path: string, body?: object) =>
  answerOf(await post(platform, browser, path, body));

const ask = (browser: CookieBrowser, more: object = {}) =>
  send(browser, '/api/support/visits', { municipality: '092', reason, minutes: 30, ...more });
const act = (browser: CookieBrowser, id: string, verb: string, body?: object) =>
  send(browser, `/api/support/visits/${id}/${verb}`, body);

/** Asked, opened by the municipality, and gone there. */
async function onVisit() {
  const [visitor, administrator] = [await as('support'), await as('administrator')];
  const { id } = (await ask(visitor)).body as { id: string };
  const opened = await act(administrator, id, 'open', { school });
  if (opened.status !== 204) throw new Error(`not opened: ${JSON.stringify(opened)}`);
  const gone = await send(visitor, '/api/session/role', { roleId: `visit-${id}` });
  if (gone.status !== 200) throw new Error(`not there: ${JSON.stringify(gone)}`);
  return { visitor, administrator, id };
}

function events(): Promise<{ action: string; actor_role: string; subjects: string[]; decision: string }[]> {
  return platform.test.database.inTenant(story.municipality.id, (tx) =>
    tx.query({
      text: `select action, actor_role, subjects, decision from audit_event where purpose = 'support' order by position`,
    }),
  );
}

test.serial('At their own desk support staff see nobody, and are in nobody’s roster', async (t) => {
  const visitor = await as('support');
  t.like(await session(platform, visitor), { active: { role: 'support', municipality: { code: '000' } } });
  t.is((await get(visitor, '/api/classes')).code, 'not-allowed');
  t.deepEqual((await get(visitor, '/api/support/visits')).body.items, []);
});

test.serial(
  'Support asks with a reason, a second person of the municipality lets in, each read is logged',
  async (t) => {
    const before = (await events()).length;
    const [visitor, administrator] = [await as('support'), await as('administrator')];
    const { id } = (await ask(visitor)).body as { id: string };
    t.is(
      (await send(visitor, '/api/session/role', { roleId: `visit-${id}` })).code,
      'not-found',
      'not before the answer',
    );
    t.like((await get(administrator, '/api/support/visits')).body.items[0], {
      id,
      state: 'waiting',
      reason,
      minutes: 30,
    });
    t.is((await act(administrator, id, 'open', { school })).status, 204);
    t.is((await send(visitor, '/api/session/role', { roleId: `visit-${id}` })).status, 200);
    const there = await session(platform, visitor);
    t.like(there, {
      active: { role: 'support', municipality: { code: '092' }, school: { id: school }, visit: { id } },
    });
    const classes = (await get(visitor, '/api/classes')).body as { id: string; title: string }[];
    t.true(classes.some(({ title }) => title === story.class.title));
    const students = (await get(visitor, `/api/classes/${story.class.id}/students`)).body as object[];
    t.true(students.length > 0);
    const allowed = ['familyName', 'givenName', 'grade', 'id', 'preferredName'];
    t.deepEqual(
      [...new Set(students.flatMap((row) => Object.keys(row)))].filter((key) => !allowed.includes(key)),
      [],
    );
    t.deepEqual(
      (await events()).slice(before).map(({ action, actor_role }) => `${action} ${actor_role}`),
      ['support.ask support', 'support.open siteAdministrator', 'classes.read support', 'students.read support'],
    );
  },
);

test.serial('The family sees who of support looked, as support, and why', async (t) => {
  const { visitor } = await onVisit();
  await get(visitor, `/api/classes/${story.class.id}/students`);
  const guardian = await as('guardian');
  const reads = (await get(guardian, `/api/family/children/${story.child.personId}/reads`)).body.items;
  t.like(reads[0], { who: { role: 'support', name: 'Tuomas Apulaakso' }, purpose: 'support' });
  t.regex(reads[0].purposeText.en, /leave of the municipality/);
});

test.serial('Whoever is under a non-disclosure order is not there for support', async (t) => {
  const { visitor } = await onVisit();
  const classes = (await get(visitor, '/api/classes')).body as { id: string }[];
  const seen: string[] = [];
  for (const { id } of classes)
    seen.push(...(await get(visitor, `/api/classes/${id}/students`)).body.map((row: { id: string }) => row.id));
  t.true(seen.includes(story.child.personId));
  t.false(seen.includes(story.nonDisclosure.personId));
});

test.serial('One school only: a class of another is not there', async (t) => {
  const { visitor } = await onVisit();
  const [other] = await platform.test.database.inTenant(story.municipality.id, (tx) =>
    tx.query<{ id: string }>({ text: 'select id from class where school_id = $1 limit 1', values: [otherSchool] }),
  );
  t.is((await get(visitor, `/api/classes/${other!.id}/students`)).code, 'not-found');
});

test.serial('A visitor changes nothing: every write is refused by one rule, what names no role too', async (t) => {
  const { visitor } = await onVisit();
  t.is((await ask(visitor)).code, 'read-only');
  t.is((await send(visitor, '/api/passkeys/options')).code, 'read-only');
  t.is((await act(visitor, story.school.id, 'open', { school })).code, 'read-only');
  t.is((await get(visitor, '/api/session/sign-ins')).status, 200, 'one’s own session');
  t.is((await get(visitor, '/api/family/children')).code, 'not-allowed');
});

test.serial('It ends by itself, on the minute, and the visitor is back at their desk', async (t) => {
  const { visitor } = await onVisit();
  platform.clock.advance(29 * minute);
  t.is((await get(visitor, '/api/classes')).status, 200);
  platform.clock.advance(2 * minute);
  t.is((await get(visitor, '/api/classes')).code, 'not-allowed');
  t.like(await session(platform, visitor), { active: { role: 'support', municipality: { code: '000' } } });
  t.false((await session(platform, visitor)).roles.some(({ roleId }) => roleId.startsWith('visit-')));
});

test.serial('The municipality ends it at once, on every node', async (t) => {
  const { visitor, administrator, id } = await onVisit();
  const node = await platform.anotherNode();
  const origin = `http://127.0.0.1:${node.port}`;
  const headers = { cookie: visitor.cookieHeader(`${platform.origin}/`) };
  const elsewhere = async () =>
    (await (await fetch(`${origin}/api/session`, { headers })).json()) as {
      active: { municipality: { code: string } };
    };
  t.is((await elsewhere()).active.municipality.code, '092');
  t.is((await act(administrator, id, 'end')).status, 204);
  t.is((await elsewhere()).active.municipality.code, '000');
  t.is((await get(visitor, '/api/classes')).code, 'not-allowed');
  t.is((await act(administrator, id, 'end')).code, 'conflict');
});

test.serial('The visitor may leave before the time, and the data protection officer may end it too', async (t) => {
  const first = await onVisit();
  t.is((await act(first.visitor, first.id, 'end')).status, 204);
  const second = await onVisit();
  t.is((await act(await as('officer'), second.id, 'end')).status, 204);
});

test.serial(
  'Only the municipality that was asked answers, once, after a fresh sign-in, and never the asker',
  async (t) => {
    const visitor = await as('support');
    const { id } = (await ask(visitor)).body as { id: string };
    for (const who of ['support', 'reviewer', 'teacher', 'guardian', 'officer'] as const)
      t.is((await act(await as(who), id, 'open', { school })).code, 'not-allowed', who);
    t.is((await act(await as('elsewhere'), id, 'open', { school })).code, 'not-found');
    t.is((await act(await as('elsewhere'), id, 'refuse')).code, 'not-found');
    const administrator = await as('administrator');
    t.is((await act(administrator, id, 'open', { school: story.municipality.id })).code, 'not-found');
    platform.clock.advance(6 * minute);
    t.is((await act(administrator, id, 'open', { school })).code, 'fresh-sign-in-needed');
    platform.clock.reset();
    t.is((await act(administrator, id, 'refuse')).status, 204);
    t.is((await act(administrator, id, 'open', { school })).code, 'conflict');
    t.is((await send(visitor, '/api/session/role', { roleId: `visit-${id}` })).code, 'not-found');
  },
);

test.serial(
  'A request that nobody answers lapses within a day; few wait at a time; time and reason are bounded',
  async (t) => {
    const visitor = await as('support');
    for (const more of [{ minutes: 14 }, { minutes: 241 }, { reason: 'short' }, { municipality: '12' }])
      t.is((await ask(visitor, more)).code, 'invalid', JSON.stringify(more));
    t.is((await ask(visitor, { municipality: '000' })).code, 'not-found', 'the operator itself');
    t.is((await ask(visitor, { municipality: '999' })).code, 'not-found');
    const asked = [await ask(visitor), await ask(visitor), await ask(visitor)];
    t.deepEqual(
      asked.map(({ status }) => status),
      [201, 201, 201],
    );
    t.is((await ask(visitor)).code, 'conflict');
    platform.clock.advance(25 * 60 * minute);
    const again = await platform.test.database.inTenant(story.municipality.id, (tx) =>
      tx.query<{ count: number }>({
        text: `select count(*) as count from support_visit where answer is null and lapses_at > $1`,
        values: [platform.clock.now()],
      }),
    );
    t.is(again[0]!.count, 0);
  },
);

test.serial(
  'The database itself refuses one who answers their own request, more time than asked, and rewritten reasons',
  async (t) => {
    const { database } = platform.test;
    const visitor = await as('support');
    const [row] = await database.inTenant(story.municipality.id, (tx) =>
      tx.query<{ id: string; account: string }>({
        text: 'select id, asked_account as account from support_visit where answer is null limit 1',
      }),
    );
    t.truthy(visitor);
    const inTown = (text: string, values: unknown[]) =>
      database.inTenant(story.municipality.id, (tx) => tx.query({ text, values }));
    const open = `update support_visit set answer = 'opened', answered_by = $2, answered_account = $3, answered_at = now(),
    school_id = $4, ends_at = now() + $5::interval where id = $1`;
    await t.throwsAsync(inTown(open, [row!.id, story.administrator.personId, row!.account, school, '10 minutes']));
    await t.throwsAsync(inTown(open, [row!.id, story.administrator.personId, school, school, '31 minutes']));
    await t.throwsAsync(inTown('update support_visit set reason = $2 where id = $1', [row!.id, 'another reason']));
    await t.throwsAsync(inTown('delete from support_visit where id = $1', [row!.id]));
  },
);
