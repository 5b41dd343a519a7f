import test from 'ava';
import { setTimeout as pause } from 'node:timers/promises';
import { cookieBrowser, type CookieBrowser } from '../../support/cookie-browser.ts';
import { post, session, signIn, startPlatform, type Platform, type SignInChoice } from './signed-in-platform.ts';

const minute = 60_000;
const teacher: SignInChoice = { sub: 'demo-elina', municipality: '092', kind: 'mpassid' };
const administrator: SignInChoice = { sub: 'demo-sanna', municipality: '092', kind: 'staff' };

// Each test moves time or ends sessions: one after the other, signed out in between.
let platform: Platform;
test.before(async () => {
  platform = await startPlatform();
});
test.afterEach.always(async () => {
  platform.clock.reset();
  await platform.test.asOwner('delete from core.session');
});
test.after.always(() => platform?.[Symbol.asyncDispose]());

async function signedIn(choice = teacher): Promise<CookieBrowser> {
  const { browser } = await signIn(platform, choice);
  return browser;
}

async function isSignedIn(browser: CookieBrowser): Promise<boolean> {
  return (await session(platform, browser)).signedIn;
}

test.serial('A session ends after 30 minutes without use, and use keeps it alive', async (t) => {
  const browser = await signedIn();
  for (let round = 0; round < 3; round++) {
    platform.clock.advance(25 * minute);
    t.true(await isSignedIn(browser));
  }
  platform.clock.advance(30 * minute);
  t.false(await isSignedIn(browser));
});

test.serial('On a shared device it ends after 15 minutes', async (t) => {
  const browser = await signedIn({ ...teacher, query: { shared: '1' } });
  platform.clock.advance(14 * minute);
  t.true(await isSignedIn(browser));
  platform.clock.advance(15 * minute);
  t.false(await isSignedIn(browser));
});

test.serial('However busy, a session ends after twelve hours', async (t) => {
  const browser = await signedIn();
  for (let spent = 0; spent < 12 * 60 - 20; spent += 20) {
    platform.clock.advance(20 * minute);
    t.true(await isSignedIn(browser));
  }
  platform.clock.advance(20 * minute);
  t.false(await isSignedIn(browser));
});

test.serial('Signing out ends the session on the server, not only in the browser', async (t) => {
  const browser = await signedIn();
  const secret = browser.cookie(platform.origin, platform.sid)!;
  const response = await post(platform, browser, '/auth/sign-out');
  t.deepEqual(await response.json(), { next: '/' });
  t.is(browser.cookie(platform.origin, platform.sid), undefined);
  const stolen = await fetch(`${platform.origin}/api/session`, { headers: { cookie: `${platform.sid}=${secret}` } });
  t.like(await stolen.json(), { signedIn: false });
});

test.serial('Signing out everywhere ends other devices at once, on another node too, and nobody else', async (t) => {
  const node = await platform.anotherNode();
  const [first, second, other] = [await signedIn(), await signedIn(), await signedIn(administrator)];
  const cookie = `${platform.sid}=${second.cookie(platform.origin, platform.sid)}`;
  const ask = async () => (await fetch(`http://127.0.0.1:${node.port}/api/session`, { headers: { cookie } })).json();
  t.like(await ask(), { signedIn: true });
  t.is((await post(platform, first, '/auth/sign-out-everywhere')).status, 200);
  t.like(await ask(), { signedIn: false });
  t.true(await isSignedIn(other));
});

test.serial('Every node hears which sessions ended', async (t) => {
  const { promise: heard, resolve } = Promise.withResolvers<unknown>();
  const stop = await platform.test.database.listen('sessions_ended', resolve);
  const browser = await signedIn();
  await post(platform, browser, '/auth/sign-out');
  t.is(((await heard) as { sessions: string[] }).sessions.length, 1);
  await stop();
});

test.serial('A write without the anti-forgery token of this session is refused', async (t) => {
  const [mine, theirs] = [await signedIn(), await signedIn(administrator)];
  const foreign = (await session(platform, theirs)).csrf!;
  for (const token of [undefined, '', 'x', foreign]) {
    const headers = { 'content-type': 'application/json', ...(token !== undefined && { 'x-csrf-token': token }) };
    const response = await mine.request(`${platform.origin}/auth/sign-out`, { method: 'POST', headers, body: '{}' });
    t.is(response.status, 403);
    t.like(await response.json(), { code: 'csrf-failed' });
  }
  t.true(await isSignedIn(mine));
});

test.serial('A copy of the database opens no session', async (t) => {
  const browser = await signedIn();
  const { csrf } = await session(platform, browser);
  const secret = browser.cookie(platform.origin, platform.sid)!;
  const [row] = await platform.test.asOwner<{ text: string }>('select session::text as text from core.session');
  t.false(row!.text.includes(secret));
  t.false(row!.text.includes(csrf!));
  t.false(row!.text.includes(Buffer.from(secret, 'base64url').toString('hex')));
});

test.serial('A role that the roster ends today opens nothing any more, in the middle of a session', async (t) => {
  const browser = await signedIn();
  platform.clock.setToday('2036-01-01');
  const before = await session(platform, browser);
  const { municipality, roleId } = before.active;
  await platform.test.database.inTenant(municipality.id, (tx) =>
    tx.query({ text: `update role set valid_to = '2030-01-01' where id = $1`, values: [roleId] }),
  );
  t.false(await isSignedIn(browser));
  const refused = await browser.request(`${platform.origin}/api/session/language`, { method: 'POST' });
  t.is(refused.status, 401);
  await platform.test.database.inTenant(municipality.id, (tx) =>
    tx.query({ text: `update role set valid_to = null where id = $1`, values: [roleId] }),
  );
  platform.clock.setToday('2026-11-24');
  t.true(await isSignedIn(browser));
});

test.serial('Proving anew who one is makes the sign-in fresh and keeps the session', async (t) => {
  const browser = await signedIn(administrator);
  const before = await session(platform, browser);
  const page = await browser.follow(`${platform.origin}/auth/sign-in?fresh=1&returnTo=/consents`);
  const end = await browser.follow(page.url, { method: 'POST', body: new URLSearchParams({ sub: 'demo-sanna' }) });
  t.is(end.url.href, `${platform.origin}/consents`);
  const after = await session(platform, browser);
  t.true(after.authTime >= before.authTime);
  t.not(after.csrf, before.csrf);
  t.is((await platform.test.asOwner('select 1 as one from core.session')).length, 1);
});

test.serial('Someone else can not prove it in their place', async (t) => {
  const browser = await signedIn(administrator);
  const before = await session(platform, browser);
  const page = await browser.follow(`${platform.origin}/auth/sign-in?fresh=1`);
  const end = await browser.follow(page.url, { method: 'POST', body: new URLSearchParams({ sub: 'demo-pekka' }) });
  t.is(end.response.status, 403);
  t.deepEqual(await session(platform, browser), before);
});

test.serial('Without a session there is nothing to prove anew', async (t) => {
  const response = await cookieBrowser().request(`${platform.origin}/auth/sign-in?fresh=1`);
  t.is(response.status, 400);
});

test.serial('The provider ends a sign-in, and the session ends with it', async (t) => {
  const [browser, other] = [await signedIn(), await signedIn(administrator)];
  const { issuer } = platform.provider;
  const { response } = await browser.follow(`${issuer}/session/end?client_id=digione-mpassid`);
  const xsrf = /name="xsrf" value="([^"]+)"/.exec(await response.text())![1]!;
  const body = new URLSearchParams({ xsrf, logout: 'yes' });
  await browser.follow(`${issuer}/session/end/confirm`, { method: 'POST', body });
  for (let round = 0; (await isSignedIn(browser)) && round < 100; round++) await pause(20);
  t.false(await isSignedIn(browser));
  t.true(await isSignedIn(other));
});

test.serial('Signing in again in the same browser replaces the earlier session', async (t) => {
  const browser = await signedIn();
  await signIn(platform, administrator, browser);
  t.is((await session(platform, browser)).name, 'Sanna Hietarinne');
  t.is((await platform.test.asOwner('select 1 as one from core.session')).length, 1);
});
