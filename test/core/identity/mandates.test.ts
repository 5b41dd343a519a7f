import test from 'ava';
import { createSecretKey } from 'node:crypto';
import { once } from 'node:events';
import type { Server } from 'node:http';
import { demoPersons } from '../../../core/demo/index.ts';
import { hashNationalId, type MandateSettings } from '../../../core/identity/index.ts';
import { createMandateClient } from '../../../core/identity/mandate-client.ts';
import { fixedClock } from '../../../core/kernel/index.ts';
import { mandateStandIn, type MandateStandInOptions } from '../../../core/launch/identity-provider/mandate-stand-in.ts';
import { session, signIn, startPlatform, type Platform } from './signed-in-platform.ts';

const guardianCode = demoPersons().find(({ sub }) => sub === 'demo-anu')!.claims[
  'national_identification_number'
] as string;
const [firstChild, secondChild, strangersChild] = ['010115A901X', '010115A902Y', '010115A9031'] as const;
const apiKey = 'an api key of the tests';
const keyOf = (text: string) => createSecretKey(Buffer.from(text));

let service: Server;
let platform: Platform;
let settings: MandateSettings;
const standIn: MandateStandInOptions = {
  clientId: 'digione',
  apiKey,
  oauthPassword: 'password',
  redirectUri: '',
  mandates: {
    [guardianCode]: [
      { personId: firstChild, name: 'Eino', allowed: true },
      { personId: secondChild, name: 'Eevi', allowed: false },
      { personId: strangersChild, name: 'Nobody', allowed: true },
    ],
  },
  now: () => new Date(),
};

test.before(async () => {
  service = mandateStandIn(standIn).listen(0, '127.0.0.1');
  await once(service, 'listening');
  const origin = `http://127.0.0.1:${(service.address() as { port: number }).port}`;
  settings = { origin, clientId: 'digione', apiKey: keyOf(apiKey), oauthPassword: 'password' };
  platform = await startPlatform((before) => ({ ...before, mandates: settings }));
  standIn.redirectUri = `${platform.origin}/auth/mandates`;
});
test.after.always(async () => {
  await platform?.[Symbol.asyncDispose]();
  service?.closeAllConnections();
  service?.close();
});

async function knowChildren(municipality: string, children: { id: string }[], codes: readonly string[]): Promise<void> {
  await platform.test.database.inTenant(municipality, async (tx) => {
    for (const [index, { id }] of children.entries())
      await tx.query({
        text: `insert into person_identifier (municipality_id, scheme, value, person_id) values ($1, 'hetu-hash', $2, $3)
               on conflict do nothing`,
        values: [municipality, hashNationalId(platform.settings.nationalIdKey, codes[index]!), id],
      });
  });
}

test.serial('A guardian passes through Suomi.fi authorisations, and the answer is kept per child', async (t) => {
  const choice = { sub: 'demo-anu', municipality: '092', kind: 'suomifi', query: { returnTo: '/family' } } as const;
  const before = await signIn(platform, choice);
  const view = await session(platform, before.browser);
  const { id: municipality } = view.active.municipality;
  const children = view.active.children!;
  await knowChildren(municipality, children, [firstChild, secondChild]);
  const { url, browser } = await signIn(platform, choice);
  t.is(url.href, `${platform.origin}/family`);
  t.is((await session(platform, browser)).active.role, 'guardian');
  const [row] = await platform.test.database.global((tx) =>
    tx.query<{ person: string }>({ text: 'select person_id as person from session order by created_at desc limit 1' }),
  );
  const guardian = { municipality, person: row!.person };
  t.is(await platform.identity.mayActFor(guardian, children[0]!.id), true);
  t.is(await platform.identity.mayActFor(guardian, children[1]!.id), false);
  t.is(await platform.identity.mayActFor(guardian, guardian.person), undefined);
  platform.clock.advance(8 * 24 * 3600_000);
  t.is(await platform.identity.mayActFor(guardian, children[0]!.id), undefined, 'an old answer is no answer');
  platform.clock.reset();
});

test.serial('A service that is down or refuses keeps nobody out and grants nothing', async (t) => {
  const choice = { sub: 'demo-mikko', municipality: '092', kind: 'suomifi', query: { returnTo: '/family' } } as const;
  standIn.now = () => new Date(Date.now() + 6 * 60_000);
  const { url, browser } = await signIn(platform, choice);
  standIn.now = () => new Date();
  t.is(url.pathname, '/family');
  t.true((await session(platform, browser)).signedIn);
});

test.serial('Coming back without having left, or with someone else’s code, changes nothing', async (t) => {
  const { browser } = await signIn(platform, { sub: 'demo-anu', municipality: '092', kind: 'suomifi' });
  const count = async () => (await platform.test.asOwner('select 1 as one from core.mandate_visit')).length;
  for (const query of ['', '?code=x', '?code=a&code=b', `?code=${'x'.repeat(2000)}`]) {
    const response = await browser.request(`${platform.origin}/auth/mandates${query}`);
    t.is(response.headers.get('location'), '/');
  }
  t.is(await count(), 0);
});

test('The header signs path, query and time; anything else is refused', async (t) => {
  const now = '2026-11-24T08:00:00.000Z';
  const refusals: [string, Partial<MandateSettings>, string][] = [
    ['another key', { apiKey: keyOf('another key') }, now],
    ['another client', { clientId: 'another' }, now],
    ['a clock six minutes late', {}, '2026-11-24T07:54:00.000Z'],
    ['a clock six minutes early', {}, '2026-11-24T08:06:00.000Z'],
  ];
  const strict = mandateStandIn({ ...standIn, now: () => new Date(now) }).listen(0, '127.0.0.1');
  await once(strict, 'listening');
  const origin = `http://127.0.0.1:${(strict.address() as { port: number }).port}`;
  const client = (change: Partial<MandateSettings>, at: string) =>
    createMandateClient({
      ...settings,
      origin,
      ...change,
      redirectUri: standIn.redirectUri,
      fetch,
      clock: fixedClock(at),
    });
  t.truthy((await client({}, now).register(guardianCode)).sessionId);
  t.truthy((await client({}, '2026-11-24T08:04:00.000Z').register(guardianCode)).sessionId);
  for (const [what, change, at] of refusals) {
    const error = await t.throwsAsync(client(change, at).register(guardianCode), undefined, what);
    t.like(error, { code: 'unavailable' });
    t.false(JSON.stringify({ ...error, message: error!.message }).includes(guardianCode), 'no identity code in errors');
  }
  await t.throwsAsync(client({}, now).delegates({ sessionId: 'x', accessToken: 'y' }), {
    message: /could not be asked/,
  });
  await t.throwsAsync(client({ oauthPassword: 'wrong' }, now).redeem('x'), { message: /could not be asked/ });
  strict.closeAllConnections();
  strict.close();
});
