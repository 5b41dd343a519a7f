import test from 'ava';
import { demoPersons } from '../../../core/demo/index.ts';
import { mpassidNames } from '../../../core/identity/index.ts';
import { cookieBrowser } from '../../support/cookie-browser.ts';
import { post, session, signIn, startPlatform, type Platform, type SessionAnswer } from './signed-in-platform.ts';

let platform: Platform;
test.before(async () => {
  platform = await startPlatform();
});
test.after.always(() => platform?.[Symbol.asyncDispose]());

const teacher = { sub: 'demo-elina', municipality: '092', kind: 'mpassid' } as const;

test('Whoever is not signed in is told so, and gets no anti-forgery token', async (t) => {
  const view = await session(platform, cookieBrowser());
  t.like(view, { signedIn: false, csrf: null, today: '2026-11-24' });
});

test('The front page can list each municipality with its ways to sign in', async (t) => {
  const response = await fetch(`${platform.origin}/api/sign-in/options`);
  const { municipalities } = (await response.json()) as {
    municipalities: { code: string; providers: { id: string }[] }[];
  };
  t.deepEqual(municipalities.map(({ code }) => code).sort(), ['000', '049', '092', '564', '837', '853']);
  const vantaa = municipalities.find(({ code }) => code === '092')!;
  t.deepEqual(
    vantaa.providers.map(({ id }) => id),
    ['mpassid-092', 'suomifi-092', 'staff-092'],
  );
});

test('A teacher signs in with MPASSid and returns to the page that was asked for', async (t) => {
  const { browser, url } = await signIn(platform, { ...teacher, query: { returnTo: '/classes?day=1' } });
  t.is(url.href, `${platform.origin}/classes?day=1`);
  const view = await session(platform, browser);
  t.true(view.signedIn);
  t.is(view.name, 'Elina Rantakoskela');
  t.like(view.active, { role: 'teacher', municipality: { code: '092' }, school: { name: 'Kuusipolun koulu' } });
});

test('The sign-in page lists people without scripts, in the language that was chosen', async (t) => {
  const browser = cookieBrowser();
  const start = `${platform.origin}/auth/sign-in?municipality=092&provider=mpassid-092&language=sv`;
  const { response, url } = await browser.follow(start);
  const html = await response.text();
  t.true(html.includes('<html lang="sv">'));
  t.true(html.includes('Elina Rantakoskela'));
  t.false(html.includes('<script'));
  const found = await (await browser.request(`${url.origin}${url.pathname}?q=kristiina&language=en`)).text();
  t.true(found.includes('Kristiina'));
  t.false(found.includes('Elina'));
});

test('A pupil signs in and is a student of the school', async (t) => {
  const pupil = demoPersons().find(({ claims }) => mpassidNames.learnerNumber in claims)!;
  const { browser } = await signIn(platform, { sub: pupil.sub, municipality: pupil.municipality, kind: 'mpassid' });
  t.is((await session(platform, browser)).active.role, 'student');
});

test('A guardian signs in with Suomi.fi and sees the own children', async (t) => {
  const { browser } = await signIn(platform, { sub: 'demo-anu', municipality: '092', kind: 'suomifi' });
  const view = await session(platform, browser);
  t.is(view.active.role, 'guardian');
  t.is(view.active.children?.length, 2);
});

test('A guardian of children in two municipalities has a role in each', async (t) => {
  const { browser } = await signIn(platform, { sub: 'demo-jonna', municipality: '837', kind: 'suomifi' });
  const view = await session(platform, browser);
  t.is(view.active.municipality.code, '837');
  t.deepEqual(view.roles.map((role) => role.municipality.code).sort(), ['092', '837']);
});

test('An administrator and a reviewer sign in as staff', async (t) => {
  const administrator = await signIn(platform, { sub: 'demo-sanna', municipality: '092', kind: 'staff' });
  t.is((await session(platform, administrator.browser)).active.role, 'siteAdministrator');
  const reviewer = await signIn(platform, { sub: 'demo-riikka', municipality: '000', kind: 'staff' });
  t.like((await session(platform, reviewer.browser)).active, {
    role: 'reviewer',
    municipality: { kind: 'coordinator' },
  });
});

test('A parent without any right to the child gets no session, but a page that says whom to ask', async (t) => {
  const { browser, response } = await signIn(platform, {
    sub: 'demo-jari',
    municipality: '092',
    kind: 'suomifi',
    query: { language: 'en' },
  });
  t.is(response.status, 403);
  const html = await response.text();
  t.true(html.includes('You have no role in DigiOne yet'), html);
  t.true(html.includes('ask your child’s school'));
  t.false((await session(platform, browser)).signedIn);
});

test('Staff of one municipality open nothing in another', async (t) => {
  const { response } = await signIn(platform, { sub: 'demo-sanna', municipality: '049', kind: 'staff' });
  t.is(response.status, 403);
});

test('Who cancels is told so and stays signed out', async (t) => {
  const browser = cookieBrowser();
  const { url } = await browser.follow(`${platform.origin}/auth/sign-in?municipality=092&provider=mpassid-092`);
  const { response } = await browser.follow(url, { method: 'POST', body: new URLSearchParams({ cancel: '1' }) });
  t.is(response.status, 400);
  t.false((await session(platform, browser)).signedIn);
});

test('A municipality does not offer another one’s provider', async (t) => {
  for (const query of ['municipality=049&provider=mpassid-092', 'municipality=092&provider=nobody', '']) {
    const response = await fetch(`${platform.origin}/auth/sign-in?${query}`, { redirect: 'manual' });
    t.is(response.status, 404);
  }
});

test('A teacher of two municipalities switches role, and the session gets a new secret', async (t) => {
  const { browser } = await signIn(platform, { sub: 'demo-kristiina', municipality: '092', kind: 'mpassid' });
  const before = await session(platform, browser);
  t.is(before.active.municipality.code, '092');
  const oldSecret = browser.cookie(platform.origin, platform.sid)!;
  const espoo = before.roles.find((role) => role.municipality.code === '049')!;
  const response = await post(platform, browser, '/api/session/role', { roleId: espoo.roleId });
  const after = (await response.json()) as SessionAnswer;
  t.is(after.active.municipality.code, '049');
  t.not(after.csrf, before.csrf);
  t.not(browser.cookie(platform.origin, platform.sid), oldSecret);
  t.is((await session(platform, browser)).active.municipality.code, '049');
  const stale = await fetch(`${platform.origin}/api/session`, { headers: { cookie: `${platform.sid}=${oldSecret}` } });
  t.like(await stale.json(), { signedIn: false });
});

test('Nobody takes a role that they do not hold', async (t) => {
  const administrator = await signIn(platform, { sub: 'demo-sanna', municipality: '092', kind: 'staff' });
  const { active } = await session(platform, administrator.browser);
  const { browser } = await signIn(platform, teacher);
  const response = await post(platform, browser, '/api/session/role', { roleId: active.roleId });
  t.is(response.status, 404);
  t.is((await session(platform, browser)).active.role, 'teacher');
});

test('The chosen language stays with the session', async (t) => {
  const { browser } = await signIn(platform, teacher);
  t.is((await post(platform, browser, '/api/session/language', { language: 'sv' })).status, 204);
  t.is((await session(platform, browser)).language, 'sv');
});
