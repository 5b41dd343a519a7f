import test, { type ExecutionContext } from 'ava';
import { demoPersons } from '../../../core/demo/index.ts';
import { cookieBrowser, type CookieBrowser } from '../../support/cookie-browser.ts';
import { session, startPlatform, type Platform } from '../../core/identity/signed-in-platform.ts';
import { hostileTokens } from './hostile-tokens.ts';
import { misbehavingProvider, send, type MisbehavingProvider, type Misbehaviour } from './misbehaving-provider.ts';

const username = demoPersons().find(({ sub }) => sub === 'demo-sanna')!.claims['preferred_username'];

// The behaviour of the providers is changed per test: one after the other.
let honest: MisbehavingProvider;
let evil: MisbehavingProvider;
let platform: Platform;
test.before(async () => {
  honest = await misbehavingProvider('honest');
  evil = await misbehavingProvider('evil');
  platform = await startPlatform((settings) => ({ ...settings, providers: [honest.settings, evil.settings] }));
});
test.beforeEach(() => {
  honest.behave({ claims: { preferred_username: username } });
  evil.behave({ claims: { preferred_username: username } });
  platform.clock.reset();
});
test.after.always(async () => {
  await platform?.[Symbol.asyncDispose]();
  await honest?.[Symbol.asyncDispose]();
  await evil?.[Symbol.asyncDispose]();
});

/** Up to the provider's door. */
async function leave(browser: CookieBrowser, provider = honest, query = ''): Promise<URL> {
  const start = `${platform.origin}/auth/sign-in?municipality=092&provider=${provider.settings.id}${query}`;
  const response = await browser.request(start);
  if (response.status !== 302) throw new Error(`sign-in does not start: ${response.status}`);
  return new URL(response.headers.get('location')!);
}

function comeBack(browser: CookieBrowser, parameters: Record<string, string>): Promise<Response> {
  return browser.request(`${platform.origin}/auth/callback?${new URLSearchParams(parameters)}`);
}

async function signInWith(how: Misbehaviour): Promise<{ browser: CookieBrowser; response: Response }> {
  honest.behave({ ...how, claims: { preferred_username: username, ...how.claims } });
  const browser = cookieBrowser();
  const response = await comeBack(browser, honest.grant(await leave(browser)));
  return { browser, response };
}

async function isRefused(t: ExecutionContext, browser: CookieBrowser, response: Response): Promise<void> {
  t.is(response.status, 400);
  t.false((await session(platform, browser)).signedIn);
  t.is(browser.cookie(platform.origin, platform.sid), undefined);
}

test.serial('The provider that behaves lets its person in: what the attacks change is what refuses them', async (t) => {
  const { browser, response } = await signInWith({});
  t.is(response.status, 302);
  t.is((await session(platform, browser)).name, 'Sanna Hietarinne');
});

test.serial(
  'Each sign-in sends a challenge and redeems with its verifier, also where the provider would not ask',
  async (t) => {
    honest.redeemed.length = 0;
    const browser = cookieBrowser();
    honest.behave({ ignorePkce: true, claims: { preferred_username: username } });
    const address = await leave(browser);
    t.is(address.searchParams.get('code_challenge_method'), 'S256');
    t.regex(address.searchParams.get('code_challenge')!, /^[\w-]{43}$/);
    await comeBack(browser, honest.grant(address));
    t.regex(honest.redeemed[0]!.get('code_verifier')!, /^[\w-]{43}$/);
  },
);

test.serial('State, nonce and challenge are new each time', async (t) => {
  const browser = cookieBrowser();
  const [first, second] = [await leave(browser), await leave(browser)];
  for (const name of ['state', 'nonce', 'code_challenge'])
    t.not(first.searchParams.get(name), second.searchParams.get(name));
});

test.serial('Mix-up: an answer that names another issuer is refused, and the code goes nowhere', async (t) => {
  const browser = cookieBrowser();
  evil.redeemed.length = 0;
  const granted = honest.grant(await leave(browser, evil));
  await isRefused(t, browser, await comeBack(browser, granted));
  t.is(evil.redeemed.length, 0);
});

test.serial('Mix-up: an answer without an issuer is refused when the provider promised to name it', async (t) => {
  const browser = cookieBrowser();
  const { code, state } = honest.grant(await leave(browser));
  await isRefused(t, browser, await comeBack(browser, { code, state }));
});

test.serial('A code that was issued to another browser is refused, by the challenge', async (t) => {
  const [victim, attacker] = [cookieBrowser(), cookieBrowser()];
  const stolen = honest.grant(await leave(victim));
  const { searchParams } = await leave(attacker);
  await isRefused(t, attacker, await comeBack(attacker, { ...stolen, state: searchParams.get('state')! }));
});

test.serial('… and by the nonce where the provider ignores challenges', async (t) => {
  const [victim, attacker] = [cookieBrowser(), cookieBrowser()];
  honest.behave({ ignorePkce: true, claims: { preferred_username: username } });
  const stolen = honest.grant(await leave(victim));
  const { searchParams } = await leave(attacker);
  await isRefused(t, attacker, await comeBack(attacker, { ...stolen, state: searchParams.get('state')! }));
});

test.serial('CSRF on login: the attacker’s answer in the victim’s browser signs nobody in', async (t) => {
  const [victim, attacker] = [cookieBrowser(), cookieBrowser()];
  const granted = honest.grant(await leave(attacker));
  await isRefused(t, victim, await comeBack(victim, granted));
  const started = await leave(victim);
  await isRefused(t, victim, await comeBack(victim, granted));
  t.is((await comeBack(victim, honest.grant(started))).status, 302, 'the victim’s own sign-in still works');
});

test.serial('An answer is good once', async (t) => {
  const browser = cookieBrowser();
  const granted = honest.grant(await leave(browser));
  const cookie = browser.cookieHeader(`${platform.origin}/auth/callback`);
  t.is((await comeBack(browser, granted)).status, 302);
  const again = `${platform.origin}/auth/callback?${new URLSearchParams(granted)}`;
  const response = await fetch(again, { headers: { cookie }, redirect: 'manual' });
  t.is(response.status, 400);
  t.false(response.headers.getSetCookie().some((line) => line.startsWith(`${platform.sid}=`)));
});

test.serial('An answer that comes after ten minutes is refused', async (t) => {
  const browser = cookieBrowser();
  const granted = honest.grant(await leave(browser));
  platform.clock.advance(10 * 60_000);
  await isRefused(t, browser, await comeBack(browser, granted));
});

test.serial('Without state, with a wrong one or with two the answer is refused', async (t) => {
  const browser = cookieBrowser();
  const { code, state, iss } = honest.grant(await leave(browser));
  const address = `${platform.origin}/auth/callback?code=${code}&iss=${encodeURIComponent(iss)}`;
  for (const states of ['', '&state=', '&state=wrong', `&state=${state}&state=${state}`, `&state=${state}x`])
    await isRefused(t, browser, await browser.request(address + states));
});

test.serial('Fixation: a session cookie planted before signing in is worth nothing after it', async (t) => {
  const browser = cookieBrowser();
  const planted = 'attacker-chosen-secret-0123456789';
  const granted = honest.grant(await leave(browser));
  browser.setCookie(platform.origin, platform.sid, planted);
  await comeBack(browser, granted);
  t.not(browser.cookie(platform.origin, platform.sid), planted);
  const attacker = await fetch(`${platform.origin}/api/session`, { headers: { cookie: `${platform.sid}=${planted}` } });
  t.like(await attacker.json(), { signedIn: false });
});

test.serial('A nonce of an earlier sign-in, or none, is refused', async (t) => {
  for (const nonce of ['an earlier one', undefined, ['x'], '']) {
    const { browser, response } = await signInWith({ claims: { nonce } });
    await isRefused(t, browser, response);
  }
});

test.serial('No ID token, or something else in its place, is refused', async (t) => {
  for (const id_token of [undefined, null, 7, '', 'a.b.c']) {
    const { browser, response } = await signInWith({ token: (answer, usual) => send(answer, { ...usual, id_token }) });
    await isRefused(t, browser, response);
  }
});

test.serial('A token endpoint that redirects, floods or talks HTML is refused', async (t) => {
  const ways: Misbehaviour['token'][] = [
    (answer) => void answer.writeHead(307, { location: `${evil.issuer}/token` }).end(),
    (answer) => void answer.writeHead(200, { 'content-type': 'application/json' }).end(`"${'x'.repeat(1_000_000)}"`),
    (answer) => void answer.writeHead(200, { 'content-type': 'text/html' }).end('<html>'),
    (answer) => void answer.writeHead(500).end(),
    (answer) => void answer.destroy(),
  ];
  evil.redeemed.length = 0;
  for (const token of ways) {
    const { browser, response } = await signInWith({ token: token! });
    await isRefused(t, browser, response);
  }
  t.is(evil.redeemed.length, 0);
});

test.serial('A sign-in that the provider saw too long ago is not fresh', async (t) => {
  const { browser } = await signInWith({});
  const old = Math.floor(Date.now() / 1000) - 3600;
  for (const auth_time of [old, undefined, 'now']) {
    honest.behave({ claims: { preferred_username: username, auth_time } });
    const before = await session(platform, browser);
    const response = await browser.request(`${platform.origin}/auth/sign-in?fresh=1`);
    const address = new URL(response.headers.get('location')!);
    t.is(address.searchParams.get('prompt'), 'login');
    t.is(address.searchParams.get('max_age'), '300');
    t.is((await comeBack(browser, honest.grant(address))).status, 400);
    t.deepEqual(await session(platform, browser), before);
  }
});

test.serial('A provider that does not say when it saw the person gives no fresh sign-in', async (t) => {
  const { browser } = await signInWith({ claims: { auth_time: undefined } });
  t.is((await session(platform, browser)).authTime, '1970-01-01T00:00:00.000Z');
  const future = await signInWith({ claims: { auth_time: Math.floor(Date.now() / 1000) + 86_400 } });
  t.true(Date.parse((await session(platform, future.browser)).authTime) <= Date.now());
});

test.serial('What an answer says of an error is not shown', async (t) => {
  const browser = cookieBrowser();
  const { state, iss } = honest.grant(await leave(browser));
  const response = await comeBack(browser, { state, iss, error: 'x', error_description: '<script>alert(1)</script>' });
  t.is(response.status, 400);
  const html = await response.text();
  t.false(html.includes('script'));
  t.regex(response.headers.get('content-security-policy')!, /default-src 'none'/);
});

test.serial('No hostile ID token signs anybody in', async (t) => {
  const table = hostileTokens(honest.model({ sub: 'someone', nonce: 'n' }));
  for (const { title } of table) {
    const idToken = (model: Parameters<typeof hostileTokens>[0]) =>
      hostileTokens(model)
        .find((one) => one.title === title)!
        .make();
    const { browser, response } = await signInWith({ idToken });
    t.is(response.status, 400, title);
    t.false((await session(platform, browser)).signedIn, title);
  }
});
