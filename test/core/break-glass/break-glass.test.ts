import test from 'ava';
import { generateKeyPairSync } from 'node:crypto';
import { createAccess } from '../../../core/access/index.ts';
import { auditRoutes, createAudit } from '../../../core/audit/index.ts';
import { breakGlassRoutes, createBreakGlass } from '../../../core/break-glass/index.ts';
import { story } from '../../../core/demo/index.ts';
import { quietLog } from '../../support/database.ts';
import type { CookieBrowser } from '../../support/cookie-browser.ts';
import { post, signIn, startPlatform, type Platform, type SignInChoice } from '../identity/signed-in-platform.ts';

const minute = 60_000;
const learner = story.nonDisclosure.personId;
const reason = 'She fell in the yard, the ambulance needs her address.';
const people = {
  teacher: { sub: 'demo-elina', municipality: '092', kind: 'mpassid' },
  principal: { sub: 'demo-outi', municipality: '092', kind: 'mpassid' },
  administrator: { sub: 'demo-sanna', municipality: '092', kind: 'staff' },
  officer: { sub: 'demo-pekka', municipality: '092', kind: 'staff' },
  elsewhere: { sub: 'demo-mats', municipality: '049', kind: 'staff' },
  guardian: { sub: 'demo-leena', municipality: '092', kind: 'suomifi' },
} satisfies Record<string, SignInChoice>;

interface Item {
  id: string;
  state: string;
  reason: string;
  isMine: boolean;
  isNoted: boolean;
  answeredBy: { role: string } | null;
}

// One platform, moved through time: one test after the other.
let platform: Platform;
test.before(async () => {
  const signer = { name: 'test', privateKey: generateKeyPairSync('ed25519').privateKey };
  platform = await startPlatform(
    (same) => same,
    ({ database, clock }) => {
      const access = createAccess({ database, clock, secret: Buffer.alloc(32, 1) });
      const audit = createAudit({ database, clock, log: quietLog, signer });
      const breakGlass = createBreakGlass({ database, clock, access, audit });
      return [...breakGlassRoutes({ breakGlass, clock }), ...auditRoutes({ audit })];
    },
  );
});
test.afterEach.always(() => platform.clock.reset());
test.after.always(() => platform?.[Symbol.asyncDispose]());

async function as(who: keyof typeof people): Promise<CookieBrowser> {
  return (await signIn(platform, people[who])).browser;
}

async function ask(browser: CookieBrowser, body: object = { learner, reason }) {
  const response = await post(platform, browser, '/api/emergency', body);
  const answer = (await response.json()) as { id: string; code?: string };
  return { status: response.status, ...answer };
}

async function act(browser: CookieBrowser, id: string, verb: string): Promise<string> {
  const response = await post(platform, browser, `/api/emergency/${id}/${verb}`);
  return response.status === 204 ? 'done' : ((await response.json()) as { code: string }).code;
}

async function look(browser: CookieBrowser, id: string) {
  const response = await browser.request(`${platform.origin}/api/emergency/${id}/contacts`);
  return { status: response.status, ...((await response.json()) as { learner?: { address?: string }; code?: string }) };
}

async function list(browser: CookieBrowser): Promise<Item[]> {
  const response = await browser.request(`${platform.origin}/api/emergency`);
  return ((await response.json()) as { items: Item[] }).items;
}

/** Actions in the log about the learner, in order. */
function events(): Promise<{ action: string; mask: number; actor_role: string }[]> {
  return platform.test.database.inTenant(story.municipality.id, (tx) =>
    tx.query({
      text: `select action, actor_role, masks[array_position(subjects, $1)] as mask from audit_event
             where purpose = 'break-glass' and $1 = any(subjects) order by position`,
      values: [learner],
    }),
  );
}

test.serial(
  'A teacher asks, a second person opens, the contacts show for an hour and every step is in the log',
  async (t) => {
    const [teacher, principal] = [await as('teacher'), await as('principal')];
    const { id } = await ask(teacher);
    t.is((await look(teacher, id)).code, 'not-allowed', 'nothing before the second person');
    t.like(
      (await list(principal)).find((item) => item.id === id),
      { state: 'waiting', reason, isMine: false },
    );
    t.is(await act(principal, id, 'open'), 'done');
    const shown = await look(teacher, id);
    t.is(shown.status, 200);
    t.truthy(shown.learner?.address);
    platform.clock.advance(29 * minute);
    t.is((await look(teacher, id)).status, 200);
    platform.clock.advance(29 * minute);
    t.is((await look(teacher, id)).status, 200);
    platform.clock.advance(2 * minute);
    t.is((await look(teacher, id)).code, 'not-allowed', 'after an hour it is over');
    const logged = await events();
    t.deepEqual(
      logged.map(({ action, actor_role }) => `${action} ${actor_role}`),
      [
        'break-glass.ask teacher',
        'break-glass.open principal',
        'students.read teacher',
        'students.read teacher',
        'students.read teacher',
      ],
    );
    t.true(logged[2]!.mask > logged[0]!.mask, 'the look says which fields were shown');
  },
);

test.serial('The data protection officer finds it afterwards and takes note', async (t) => {
  const officer = await as('officer');
  const [newest] = await list(officer);
  t.like(newest, { state: 'open', isNoted: false, answeredBy: { role: 'principal' } });
  t.is(await act(officer, newest!.id, 'note'), 'done');
  t.true((await list(officer))[0]!.isNoted);
  t.is(await act(await as('teacher'), newest!.id, 'note'), 'not-allowed');
});

test.serial('The family sees who looked and why, in plain words, and not the reason that was given', async (t) => {
  const guardian = await as('guardian');
  const response = await guardian.request(`${platform.origin}/api/family/children/${learner}/reads?limit=10`);
  const text = await response.text();
  t.is(response.status, 200, text);
  t.regex(text, /decision of two people/);
  t.notRegex(text, /ambulance/);
});

test.serial('The person who asked can not open it, in no role', async (t) => {
  const principal = await as('principal');
  const { id } = await ask(principal);
  t.is(await act(principal, id, 'open'), 'not-allowed');
  t.is((await look(principal, id)).code, 'not-allowed');
  await t.throwsAsync(
    platform.test.database.inTenant(story.municipality.id, (tx) =>
      tx.query({
        text: `update disclosure_opening set answer = 'opened', answered_by = asked_by, answered_role = 'principal',
               answered_at = asked_at, ends_at = asked_at + interval '1 hour' where id = $1`,
        values: [id],
      }),
    ),
    undefined,
    'the table refuses it as well',
  );
});

test.serial('Without a reason, or with one that says nothing, there is no request', async (t) => {
  const teacher = await as('teacher');
  for (const empty of ['', 'urgent', ' '.repeat(40), 'x'.repeat(1001)])
    t.is((await ask(teacher, { learner, reason: empty })).code, 'invalid');
  t.is((await ask(teacher, { learner })).code, 'invalid');
});

test.serial('Another municipality neither sees nor opens it', async (t) => {
  const { id } = await ask(await as('teacher'));
  const elsewhere = await as('elsewhere');
  t.is(await act(elsewhere, id, 'open'), 'not-found');
  t.deepEqual(await list(elsewhere), []);
});

test.serial('A request that nobody answered lapses, and can not be opened late', async (t) => {
  const [teacher, administrator] = [await as('teacher'), await as('administrator')];
  platform.clock.advance(-61 * minute);
  const { id } = await ask(teacher);
  platform.clock.reset();
  t.is((await list(administrator)).find((item) => item.id === id)?.state, 'lapsed');
  t.is(await act(administrator, id, 'open'), 'conflict');
});

test.serial('What was refused or closed shows nothing, and is answered once', async (t) => {
  const [teacher, administrator] = [await as('teacher'), await as('administrator')];
  const refused = await ask(teacher);
  t.is(await act(administrator, refused.id, 'refuse'), 'done');
  t.is(await act(administrator, refused.id, 'open'), 'conflict');
  t.is((await look(teacher, refused.id)).code, 'not-allowed');
  const closed = await ask(teacher);
  await act(administrator, closed.id, 'open');
  t.is((await look(teacher, closed.id)).status, 200);
  t.is(await act(administrator, closed.id, 'close'), 'done');
  t.is((await look(teacher, closed.id)).code, 'not-allowed');
});

test.serial('Only who asked may look', async (t) => {
  const [teacher, principal] = [await as('teacher'), await as('principal')];
  const { id } = await ask(teacher);
  await act(principal, id, 'open');
  t.is((await look(principal, id)).code, 'not-found');
});

test.serial(
  'A learner of another class or school is refused in the same words as one who does not exist',
  async (t) => {
    const teacher = await as('teacher');
    const stranger = await ask(teacher, { learner: story.learner.personId, reason });
    const nobody = await ask(teacher, { learner: '00000000-0000-4000-8000-000000000000', reason });
    t.is(stranger.status, 403);
    t.deepEqual({ ...stranger, trace: '' }, { ...nobody, trace: '' });
  },
);

test.serial('Asking and opening need a fresh sign-in, and families have no such page', async (t) => {
  const [teacher, principal, guardian] = [await as('teacher'), await as('principal'), await as('guardian')];
  const { id } = await ask(teacher);
  platform.clock.advance(6 * minute);
  t.is((await ask(teacher)).code, 'fresh-sign-in-needed');
  t.is(await act(principal, id, 'open'), 'fresh-sign-in-needed');
  platform.clock.reset();
  t.is((await guardian.request(`${platform.origin}/api/emergency`)).status, 403);
});
