import test from 'ava';
import { cookieBrowser, type CookieBrowser } from '../../support/cookie-browser.ts';
import { post, session, signIn, startPlatform, type Platform } from './signed-in-platform.ts';
import { softwareAuthenticator, type Ceremony, type SoftwareAuthenticator } from './software-authenticator.ts';

let platform: Platform;
test.before(async () => {
  platform = await startPlatform();
});
test.afterEach.always(async () => {
  platform.clock.reset();
  await platform.test.asOwner('delete from core.passkey; delete from core.session');
});
test.after.always(() => platform?.[Symbol.asyncDispose]());

async function administrator(sub = 'demo-sanna', municipality = '092'): Promise<CookieBrowser> {
  return (await signIn(platform, { sub, municipality, kind: 'staff' })).browser;
}

async function challengeFor(browser: CookieBrowser, path: string): Promise<string> {
  const response = await post(platform, browser, path);
  return ((await response.json()) as { challenge: string }).challenge;
}

async function register(
  browser: CookieBrowser,
  device: SoftwareAuthenticator,
  change: Partial<Ceremony> = {},
): Promise<number> {
  const challenge = await challengeFor(browser, '/api/passkeys/options');
  const response = device.create({ challenge, origin: platform.origin, ...change });
  return (await post(platform, browser, '/api/passkeys', { name: 'Phone', response })).status;
}

async function enter(device: SoftwareAuthenticator, change: Partial<Ceremony> = {}) {
  const browser = cookieBrowser();
  const challenge = await challengeFor(browser, '/api/sign-in/passkey/options');
  const response = device.answer({ challenge, origin: platform.origin, ...change });
  return { browser, response: await post(platform, browser, '/api/sign-in/passkey', { response }) };
}

test.serial('An administrator adds a passkey and signs in with it, freshly and with the same role', async (t) => {
  const device = softwareAuthenticator();
  t.is(await register(await administrator(), device), 204);
  const { browser, response } = await enter(device);
  t.is(response.status, 204);
  const view = await session(platform, browser);
  t.like(view, { name: 'Sanna Hietarinne', active: { role: 'siteAdministrator', municipality: { code: '092' } } });
  t.true(Date.now() - Date.parse(view.authTime) < 60_000);
});

test.serial('A reviewer may have one; a teacher and a guardian may not', async (t) => {
  t.is(await register(await administrator('demo-riikka', '000'), softwareAuthenticator()), 204);
  const teacher = await signIn(platform, { sub: 'demo-elina', municipality: '092', kind: 'mpassid' });
  const guardian = await signIn(platform, { sub: 'demo-anu', municipality: '092', kind: 'suomifi' });
  for (const { browser } of [teacher, guardian]) {
    const response = await post(platform, browser, '/api/passkeys/options');
    t.is(response.status, 403);
  }
});

test.serial('Adding and removing asks for a fresh sign-in', async (t) => {
  const browser = await administrator();
  const device = softwareAuthenticator();
  await register(browser, device);
  platform.clock.advance(6 * 60_000);
  const refused = await post(platform, browser, '/api/passkeys/options');
  t.like(await refused.json(), { code: 'fresh-sign-in-needed' });
  const remove = () => post(platform, browser, `/api/passkeys/${device.id}/remove`);
  t.is((await remove()).status, 401);
  platform.clock.reset();
  t.is((await remove()).status, 204);
  t.is((await remove()).status, 404);
  t.is((await enter(device)).response.status, 400);
});

const wrongMaking: [string, Partial<Ceremony>][] = [
  ['another challenge', { challenge: 'AAAA' }],
  ['another origin', { origin: 'https://attacker.example' }],
  ['another party', { rpId: 'attacker.example' }],
  ['a device that was not unlocked', { verified: false }],
  ['the answer to another question', { type: 'webauthn.get' }],
];
for (const [what, change] of wrongMaking)
  test.serial(`A new passkey with ${what} is refused`, async (t) => {
    const browser = await administrator();
    t.is(await register(browser, softwareAuthenticator(), change), 400);
    const { items } = (await (await browser.request(`${platform.origin}/api/passkeys`)).json()) as { items: unknown[] };
    t.deepEqual(items, []);
  });

const wrongAnswers: [string, Partial<Ceremony>][] = [
  ...wrongMaking.slice(0, 4),
  ['the making of a passkey', { type: 'webauthn.create' }],
];
for (const [what, change] of wrongAnswers)
  test.serial(`Signing in with ${what} is refused`, async (t) => {
    const device = softwareAuthenticator();
    await register(await administrator(), device);
    const { browser, response } = await enter(device, change);
    t.is(response.status, 400);
    t.like(await response.json(), { code: 'sign-in-failed' });
    t.false((await session(platform, browser)).signedIn);
  });

test.serial('A passkey that nobody added, and another key under a known name, are refused', async (t) => {
  const [known, stranger] = [softwareAuthenticator(), softwareAuthenticator()];
  await register(await administrator(), known);
  t.is((await enter(stranger)).response.status, 400);
  const disguised = {
    ...stranger,
    answer: (ceremony: Ceremony) => ({ ...stranger.answer(ceremony), id: known.id, rawId: known.id }),
  };
  t.is((await enter(disguised)).response.status, 400);
});

test.serial('An answer is good once, in its own browser, for five minutes', async (t) => {
  const device = softwareAuthenticator();
  await register(await administrator(), device);
  const browser = cookieBrowser();
  const challenge = await challengeFor(browser, '/api/sign-in/passkey/options');
  const response = device.answer({ challenge, origin: platform.origin });
  const elsewhere = await post(platform, cookieBrowser(), '/api/sign-in/passkey', { response });
  t.is(elsewhere.status, 400);
  t.is((await post(platform, browser, '/api/sign-in/passkey', { response })).status, 204);
  t.is((await post(platform, browser, '/api/sign-in/passkey', { response })).status, 400);
  const late = cookieBrowser();
  const old = await challengeFor(late, '/api/sign-in/passkey/options');
  platform.clock.advance(5 * 60_000);
  const answer = device.answer({ challenge: old, origin: platform.origin });
  t.is((await post(platform, late, '/api/sign-in/passkey', { response: answer })).status, 400);
});

test.serial('A copied device whose counter runs behind is refused', async (t) => {
  const device = softwareAuthenticator();
  await register(await administrator(), device, { counter: 5 });
  t.is((await enter(device, { counter: 9 })).response.status, 204);
  t.is((await enter(device, { counter: 7 })).response.status, 400);
});

test.serial('A passkey opens nothing when the role has ended', async (t) => {
  const device = softwareAuthenticator();
  const browser = await administrator();
  await register(browser, device);
  const { active } = await session(platform, browser);
  const setEnd = (date: string | null) =>
    platform.test.database.inTenant(active.municipality.id, (tx) =>
      tx.query({ text: 'update role set valid_to = $2 where id = $1', values: [active.roleId, date] }),
    );
  await setEnd('2026-11-24');
  const { response } = await enter(device);
  await setEnd(null);
  t.is(response.status, 403);
});

test.serial('The question of one account does not serve another, nor a sign-in a new passkey', async (t) => {
  const [mine, theirs] = [await administrator(), await administrator('demo-pekka')];
  const device = softwareAuthenticator();
  const challenge = await challengeFor(mine, '/api/passkeys/options');
  const cookie = mine.cookie(platform.origin, platform.sid.replace('sid', 'passkey'))!;
  theirs.setCookie(platform.origin, platform.sid.replace('sid', 'passkey'), cookie);
  const response = device.create({ challenge, origin: platform.origin });
  t.is((await post(platform, theirs, '/api/passkeys', { name: 'x', response })).status, 400);
  const signInChallenge = await challengeFor(mine, '/api/sign-in/passkey/options');
  const made = device.create({ challenge: signInChallenge, origin: platform.origin });
  t.is((await post(platform, mine, '/api/passkeys', { name: 'x', response: made })).status, 400);
});
