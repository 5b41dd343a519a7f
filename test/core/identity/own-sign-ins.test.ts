import test from 'ava';
import type { OwnSignIn } from '../../../core/identity/own-sign-ins.ts';
import { deviceOf } from '../../../core/identity/device.ts';
import { cookieBrowser, type CookieBrowser } from '../../support/cookie-browser.ts';
import { post, session, signIn, startPlatform, type Platform, type SignInChoice } from './signed-in-platform.ts';

const teacher: SignInChoice = { sub: 'demo-elina', municipality: '092', kind: 'mpassid' };

let platform: Platform;
test.before(async () => {
  platform = await startPlatform();
});
test.afterEach.always(async () => {
  platform.clock.reset();
  await platform.test.asOwner('delete from core.session');
});
test.after.always(() => platform?.[Symbol.asyncDispose]());

async function list(browser: CookieBrowser): Promise<OwnSignIn[]> {
  const response = await browser.request(`${platform.origin}/api/session/sign-ins`);
  const answer = (await response.json()) as { items: OwnSignIn[] };
  if (!answer.items) throw new Error(JSON.stringify(answer));
  return answer.items;
}
const enter = async (choice = teacher) => (await signIn(platform, choice)).browser;
const isIn = async (browser: CookieBrowser) => (await session(platform, browser)).signedIn;

test.serial('A person sees where they are signed in, and only their own', async (t) => {
  const [mine, phone] = [await enter(), await enter()];
  await enter({ sub: 'demo-sanna', municipality: '092', kind: 'staff' });
  const items = await list(mine);
  t.is(items.length, 2);
  t.deepEqual(
    items.map(({ kind }) => kind),
    ['mpassid', 'mpassid'],
  );
  t.is(items.filter(({ current }) => current).length, 1);
  t.not(items.find(({ current }) => current)!.id, (await list(phone)).find(({ current }) => current)!.id);
});

test.serial('One that has been idle too long is no longer listed', async (t) => {
  const [mine] = [await enter(), await enter()];
  for (let spent = 0; spent < 32; spent += 8) {
    platform.clock.advance(8 * 60_000);
    t.true(await isIn(mine));
  }
  t.is((await list(mine)).length, 1);
});

test.serial('Another sign-in can be ended, this one and a stranger’s can not', async (t) => {
  const [mine, phone] = [await enter(), await enter()];
  const stranger = await enter({ sub: 'demo-sanna', municipality: '092', kind: 'staff' });
  const end = (id: string) => post(platform, mine, `/api/session/sign-ins/${id}/end`);
  const own = await list(mine);
  const theirs = (await list(stranger))[0]!;
  t.is((await end(theirs.id)).status, 404);
  t.is((await end(own.find(({ current }) => current)!.id)).status, 404);
  t.is((await end(own.find(({ current }) => !current)!.id)).status, 204);
  t.deepEqual([await isIn(mine), await isIn(phone), await isIn(stranger)], [true, false, true]);
});

test.serial('Signing out the others leaves this one and tells every node', async (t) => {
  const [mine, phone, tablet] = [await enter(), await enter(), await enter()];
  const { promise: heard, resolve } = Promise.withResolvers<unknown>();
  const stop = await platform.test.database.listen('sessions_ended', resolve);
  t.is((await post(platform, mine, '/auth/sign-out-others')).status, 204);
  t.is(((await heard) as { sessions: string[] }).sessions.length, 2);
  await stop();
  t.deepEqual([await isIn(mine), await isIn(phone), await isIn(tablet)], [true, false, false]);
});

test.serial('Who is not signed in sees nothing', async (t) => {
  t.is((await cookieBrowser().request(`${platform.origin}/api/session/sign-ins`)).status, 401);
});

test.serial('An account keeps its fifty latest sign-ins', async (t) => {
  const first = await enter();
  await platform.test.asOwner(
    `insert into core.session select (jsonb_populate_record(s, jsonb_build_object(
       'id', gen_random_uuid(), 'token_hash', sha256(n::text::bytea)::text, 'created_at', s.created_at + n * interval '1 s'))).*
     from core.session s, generate_series(1, 49) n`,
  );
  t.true(await isIn(first));
  const last = await enter();
  t.false(await isIn(first));
  t.is((await list(last)).length, 50);
});

test('A device is named by its family, a strange one not at all', (t) => {
  const names: [string, string, string][] = [
    [
      'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/130.0 Safari/537.36 Edg/130.0',
      'edge',
      'windows',
    ],
    ['Mozilla/5.0 (X11; CrOS x86_64 14541.0.0) AppleWebKit/537.36 Chrome/130.0 Safari/537.36', 'chrome', 'chromeos'],
    ['Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/130.0 Mobile Safari/537.36', 'chrome', 'android'],
    ['Mozilla/5.0 (Macintosh; Intel Mac OS X 14_0) AppleWebKit/605.1 Version/17.0 Safari/605.1', 'safari', 'macos'],
    [
      'Mozilla/5.0 (iPad; CPU OS 17_0 like Mac OS X) AppleWebKit/605.1 FxiOS/120.0 Mobile Safari/605.1',
      'firefox',
      'ios',
    ],
    ['', 'other', 'other'],
    ['x'.repeat(100_000), 'other', 'other'],
  ];
  for (const [text, browser, system] of names) t.deepEqual(deviceOf(text), { browser, system } as never, text);
});
