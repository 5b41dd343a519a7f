import test from 'ava';
import { hashSecret } from '../../../core/identity/attempt-secrets.ts';
import { attemptStore } from '../../../core/identity/attempt-store.ts';
import { passkeyStore } from '../../../core/identity/passkey-store.ts';
import { createStartLimit, networkOf } from '../../../core/identity/start-limit.ts';
import { fixedClock } from '../../../core/kernel/index.ts';
import { cookieBrowser } from '../../support/cookie-browser.ts';
import { session, startPlatform, type Platform } from './signed-in-platform.ts';

let platform: Platform;
test.before(async () => {
  platform = await startPlatform();
});
test.after.always(() => platform?.[Symbol.asyncDispose]());

test('An address may start a minute’s worth at once, then one by one as time passes', (t) => {
  const clock = fixedClock('2026-11-24T08:00:00Z');
  const mayStart = createStartLimit(clock, { perMinute: 6, addresses: 10 });
  const tries = (count: number) => Array.from({ length: count }, () => mayStart('192.0.2.1'));
  t.deepEqual(tries(8), [true, true, true, true, true, true, false, false]);
  clock.advance(10_000);
  t.deepEqual(tries(2), [true, false]);
  t.true(mayStart('192.0.2.2'), 'another address is not to blame');
  clock.advance(3600_000);
  t.is(tries(10).filter(Boolean).length, 6, 'an hour of quiet saves up no more than a minute');
  clock.advance(-3600_000);
  t.false(mayStart('192.0.2.1'));
  clock.advance(10_000);
  t.true(mayStart('192.0.2.1'), 'a clock that was set back locks nobody out');
});

test('However many addresses come, a bounded number is remembered', (t) => {
  const mayStart = createStartLimit(fixedClock('2026-11-24T08:00:00Z'), { perMinute: 1, addresses: 3 });
  t.true(mayStart('192.0.2.1'));
  t.false(mayStart('192.0.2.1'));
  for (let host = 2; host < 1_000; host++) t.true(mayStart(`192.0.2.${host}`));
  t.true(mayStart('192.0.2.1'), 'forgotten: it makes room for the later ones');
});

test('All addresses of one IPv6 subscriber count as one', (t) => {
  t.is(networkOf('2001:db8:1:2:3:4:5:6'), networkOf('2001:DB8:1:2::9'));
  t.not(networkOf('2001:db8:1:2::1'), networkOf('2001:db8:1:3::1'));
  t.is(networkOf('2001:db8::1'), '2001:db8:0:0::/64');
  t.is(networkOf('::ffff:192.0.2.1'), '192.0.2.1');
  t.is(networkOf('fe80::1%eth0'), 'fe80:0:0:0::/64');
  t.is(networkOf('192.0.2.1'), '192.0.2.1');
});

test('Who starts too many is told so calmly, by every way of starting, and signed-in people notice nothing', async (t) => {
  const node = await platform.anotherNode({ startLimits: { perMinute: 2, addresses: 10 } });
  const origin = `http://127.0.0.1:${node.port}`;
  const start = () =>
    fetch(`${origin}/auth/sign-in?municipality=092&provider=mpassid-092&language=en`, { redirect: 'manual' });
  t.is((await start()).status, 302);
  t.is((await start()).status, 302);
  const refused = await start();
  t.is(refused.status, 429);
  t.is(refused.headers.get('retry-after'), '60');
  t.true((await refused.text()).includes('Wait a minute'));
  t.false(refused.headers.has('set-cookie'));
  const headers = { 'content-type': 'application/json' };
  const passkey = await fetch(`${origin}/api/sign-in/passkey/options`, { method: 'POST', headers, body: '{}' });
  t.like(await passkey.json(), { code: 'rate-limited' });
  t.like(await session({ origin }, cookieBrowser()), { signedIn: false });
});

test('Unfinished sign-ins are capped: the oldest make room', async (t) => {
  const now = new Date();
  const attempts = attemptStore(platform.test.database, 3);
  const passkeys = passkeyStore(platform.test.database, 3);
  const attempt = {
    provider: 'mpassid-092',
    municipality: '092',
    returnTo: '/',
    shared: false,
    language: null,
    session: null,
  };
  for (let number = 0; number < 6; number++) {
    const times = { now, endsAt: new Date(now.getTime() + 3600_000 + number) };
    await attempts.keep(hashSecret(`attempt ${number}`), attempt, times);
    await passkeys.ask(hashSecret(`question ${number}`), null, times);
  }
  const kept = await Promise.all([0, 2, 3, 5].map((number) => attempts.take(hashSecret(`attempt ${number}`), now)));
  t.deepEqual(kept.map(Boolean), [false, false, true, true]);
  t.is(await passkeys.takeQuestion(hashSecret('question 2'), now), undefined);
  t.truthy(await passkeys.takeQuestion(hashSecret('question 5'), now));
});
