import test from 'ava';
import { demoDirectory } from '../../../core/demo/directory/index.ts';
import { cookieBrowser } from '../../support/cookie-browser.ts';
import { session, startPlatform, type Platform } from './signed-in-platform.ts';

let platform: Platform;
test.before(async () => {
  platform = await startPlatform();
});
test.after.always(() => platform?.[Symbol.asyncDispose]());

const directory = demoDirectory();
const someone = (kind: string, municipality: string) =>
  directory.people.filter((person) => person.kind === kind && person.municipality === municipality).at(-1)!;

/** Types into the field of the sign-in page. */
async function typeName(username: string, kind: string, municipality = '564') {
  const browser = cookieBrowser();
  const start = `${platform.origin}/auth/sign-in?municipality=${municipality}&provider=${kind}-${municipality}&language=en`;
  const page = await browser.follow(start);
  const end = await browser.follow(page.url, { method: 'POST', body: new URLSearchParams({ username }) });
  return { browser, page, ...end, text: await end.response.text() };
}

test('A learner who is on no list signs in by learner number', async (t) => {
  const learner = someone('mpassid', '564');
  const number = learner.claims['urn:oid:1.3.6.1.4.1.16161.1.1.27'] as string;
  const { browser } = await typeName(` ${number} `, 'mpassid');
  t.like(await session(platform, browser), {
    signedIn: true,
    active: { role: 'student', municipality: { code: '564' } },
  });
});

test('A guardian who is on no list signs in by e-mail address or identity code, to one municipality only', async (t) => {
  const guardian = someone('suomifi', '564');
  for (const name of [guardian.usernames.at(-1)!, guardian.usernames[0]!.toUpperCase()]) {
    const view = await session(platform, (await typeName(name, 'suomifi')).browser);
    t.like(view, { name: guardian.name, active: { role: 'guardian' } });
    t.is(view.roles.length, 1);
  }
});

test('Staff who are on no list sign in by their MPASSid name', async (t) => {
  const { browser } = await typeName('demo-staff-564-1', 'mpassid');
  const view = await session(platform, browser);
  t.true(['teacher', 'principal'].includes(view.active.role));
});

test('An unknown name is told in words beside the field, and the sign-in goes on', async (t) => {
  const { response, text, page, browser } = await typeName('nobody<script>', 'mpassid');
  t.is(response.status, 400);
  t.regex(text, /role="alert">Nobody in the demonstration has this user name/);
  t.true(text.includes('aria-invalid="true"') && text.includes('nobody&#60;script&#62;'));
  const end = await browser.follow(page.url, { method: 'POST', body: new URLSearchParams({ sub: 'demo-elina' }) });
  t.is(end.url.origin, platform.origin);
  t.true((await session(platform, browser)).signedIn);
});

test('Nothing typed, and somebody who signs in another way, are told too', async (t) => {
  t.regex((await typeName('', 'mpassid')).text, /role="alert">Type a user name/);
  t.regex((await typeName('mikko', 'mpassid')).text, /signs in another way.*Strong identification/);
});

test('The search finds people who are on no list', async (t) => {
  const guardian = someone('suomifi', '564');
  const browser = cookieBrowser();
  const page = await browser.follow(`${platform.origin}/auth/sign-in?municipality=564&provider=suomifi-564`);
  page.url.searchParams.set('q', guardian.name);
  const found = await (await browser.request(page.url)).text();
  t.true(found.includes(`value="${guardian.sub}"`));
  const end = await browser.follow(page.url, { method: 'POST', body: new URLSearchParams({ sub: guardian.sub }) });
  t.is(end.url.origin, platform.origin);
});
