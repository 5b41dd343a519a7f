import test from 'ava';
import { createSecretKey } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { castMandates, demoPersons, story } from '../../../core/demo/index.ts';
import type { MandateAnswer, MandateSettings } from '../../../core/identity/index.ts';
import { createMandateClient } from '../../../core/identity/mandate-client.ts';
import { fixedClock } from '../../../core/kernel/index.ts';
import type { TestMandate } from '../../../core/launch/identity-provider/index.ts';
import { mandateStandIn, type MandateStandInOptions } from '../../../core/launch/identity-provider/mandate-stand-in.ts';
import { session, signIn, startPlatform, type Platform } from './signed-in-platform.ts';

const guardianCode = demoPersons().find(({ sub }) => sub === 'demo-anu')!.claims[
  'national_identification_number'
] as string;
const twins = castMandates()[guardianCode]!.map(({ personId }) => personId) as [string, string];
const strangersChild = '010115A9031';
const apiKey = 'an api key of the tests';
const keyOf = (text: string) => createSecretKey(Buffer.from(text));

let service: Server;
let platform: Platform;
let settings: MandateSettings;
const said: Record<string, TestMandate[]> = {
  [guardianCode]: [
    { personId: twins[0], name: 'Eino', allowed: true },
    { personId: twins[1], name: 'Eevi', allowed: false },
    { personId: strangersChild, name: 'Nobody', allowed: true },
  ],
};
const standIn: MandateStandInOptions = {
  clientId: 'digione',
  apiKey,
  oauthPassword: 'password',
  redirectUri: '',
  mandatesOf: async (code) => said[code] ?? [],
  now: () => new Date(),
};

/** Strict as the real one; what it does wrong, a test says. */
async function serve(options: MandateStandInOptions): Promise<{ origin: string; server: Server }> {
  const answer = mandateStandIn(options);
  const server = createServer((request, response) => void answer(request, response)).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { server, origin: `http://127.0.0.1:${(server.address() as { port: number }).port}` };
}

test.before(async () => {
  const { origin, server } = await serve(standIn);
  service = server;
  settings = { origin, clientId: 'digione', apiKey: keyOf(apiKey), oauthPassword: 'password' };
  platform = await startPlatform((before) => ({ ...before, mandates: settings }));
  standIn.redirectUri = `${platform.origin}/auth/mandates`;
});
test.after.always(async () => {
  await platform?.[Symbol.asyncDispose]();
  service?.closeAllConnections();
  service?.close();
});

const { municipality, twinsGuardian, twins: children } = story;
const family = { sub: 'demo-anu', municipality: '092', kind: 'suomifi', query: { returnTo: '/family' } } as const;

/** What the room would tell the consents about the twins' guardian. */
async function answers(): Promise<MandateAnswer[]> {
  return platform.test.database.inTenant(municipality.id, async (tx) => {
    const about = children.map(({ personId }) => ({ municipality: municipality.id, child: personId }));
    const mandates = [];
    for (const child of about) mandates.push(await platform.identity.mandates(tx, child));
    return mandates.map((of) => of(twinsGuardian.personId));
  });
}

function stored(guardian: string): Promise<{ source: string }[]> {
  return platform.test.database.inTenant(municipality.id, (tx) =>
    tx.query<{ source: string }>({ text: 'select source from mandate where guardian_id = $1', values: [guardian] }),
  );
}

test.serial('A guardian passes through Suomi.fi authorisations, and the answer is kept per child', async (t) => {
  t.deepEqual(await answers(), ['unknown', 'unknown']);
  const { url, browser } = await signIn(platform, family);
  t.is(url.href, `${platform.origin}/family`);
  t.is((await session(platform, browser)).active.role, 'guardian');
  t.deepEqual(await answers(), ['allowed', 'denied']);
  const rows = await stored(twinsGuardian.personId);
  t.is(rows.length, 2, 'nothing is kept about a child that the roster does not give this guardian');
  t.like(rows[0], { source: 'suomifi' });
});

test.serial('A yes counts for a day, a no until the service says otherwise', async (t) => {
  platform.clock.advance(25 * 3600_000);
  t.deepEqual(await answers(), ['unknown', 'denied']);
  platform.clock.reset();
});

test.serial('Proving anew who they are asks anew, and a child whom the service does not name is a no', async (t) => {
  const { browser } = await signIn(platform, family);
  const before = said[guardianCode]!;
  said[guardianCode] = [{ personId: twins[1], name: 'Eevi', allowed: true }];
  const page = await browser.follow(`${platform.origin}/auth/sign-in?fresh=1&returnTo=/family/x`);
  const back = await browser.follow(page.url, { method: 'POST', body: new URLSearchParams({ sub: 'demo-anu' }) });
  said[guardianCode] = before;
  t.is(back.url.href, `${platform.origin}/family/x`);
  t.deepEqual(await answers(), ['denied', 'allowed']);
});

test.serial('A service that is down or refuses keeps nobody out and grants nothing', async (t) => {
  const choice = { sub: 'demo-mikko', municipality: '092', kind: 'suomifi', query: { returnTo: '/family' } } as const;
  standIn.now = () => new Date(Date.now() + 6 * 60_000);
  const { url, browser } = await signIn(platform, choice);
  standIn.now = () => new Date();
  t.is(url.pathname, '/family');
  t.true((await session(platform, browser)).signedIn);
  t.deepEqual(await stored(story.guardian.personId), []);
});

test.serial('A service that fails half-way leaves what was known as it was', async (t) => {
  await signIn(platform, family);
  t.deepEqual(await answers(), ['allowed', 'denied']);
  standIn.oauthPassword = 'changed';
  t.is((await signIn(platform, family)).url.pathname, '/family');
  standIn.oauthPassword = 'password';
  t.deepEqual(await answers(), ['allowed', 'denied']);
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
  const { origin, server: strict } = await serve({ ...standIn, now: () => new Date(now) });
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
