import anyTest, { type TestFn } from 'ava';
import { createSecretKey } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { pino } from 'pino';
import { createVault, notificationRoutes } from '../../../core/capabilities/index.ts';
import { unsubscribeToken } from '../../../core/capabilities/messages/unsubscribe-token.ts';
import { demoPersons, story } from '../../../core/demo/index.ts';
import { cookieBrowser } from '../../support/cookie-browser.ts';
import { runningPlatform, type RunningPlatform } from '../../support/platform.ts';
import { session, startPlatform, type Platform } from '../../core/identity/signed-in-platform.ts';
import { goodToken, hostileSealedTokens, hostileTokens, type HostileToken, type Model } from './hostile-tokens.ts';
import { misbehavingProvider, type MisbehavingProvider } from './misbehaving-provider.ts';

// One log and one provider, whose behaviour changes: one after the other.
const test = anyTest.serial as TestFn;

/**
 * Every door of the core that takes a token, and what reads it there. The table is run against each below; against that of the
 * processors in test/core/capabilities/processors.test.ts, where a processor owes an acknowledgement.
 */
const doors: { route: string; reader: string; file: string }[] = [
  { route: 'GET /auth/callback', reader: 'verifyToken', file: 'identity/relying-party.ts' },
  { route: 'POST /auth/back-channel-logout', reader: 'readLogout', file: 'identity/relying-party.ts' },
  { route: 'POST /auth/back-channel-logout', reader: 'readLogout', file: 'identity/back-channel-logout.ts' },
  { route: 'POST /auth/back-channel-logout', reader: 'openToken', file: 'identity/back-channel-logout.ts' },
  {
    route: 'POST /api/notifications/unsubscribe',
    reader: 'readUnsubscribeToken',
    file: 'capabilities/messages/notification-routes.ts',
  },
  ...['openToken', 'verifyToken'].map((reader) => ({
    route: 'POST /api/processors/acknowledgements',
    reader,
    file: 'capabilities/processors/acknowledgement.ts',
  })),
];
/** Routes whose request names a token but whose work is to make, name or take back tokens of vendors at the registry. */
const aboutTokens = /^\/api\/vendors?\//;

const username = demoPersons().find(({ sub }) => sub === 'demo-sanna')!.claims['preferred_username'];
const vault = createVault([{ id: 'vault', key: createSecretKey(Buffer.alloc(32, 3)) }]);
const lines: Record<string, unknown>[] = [];
const log = pino({ level: 'info' }, { write: (line: string) => void lines.push(JSON.parse(line)) });
let provider: MisbehavingProvider;
let platform: Platform;
let whole: RunningPlatform;
test.before(async (t) => {
  t.timeout(400_000);
  provider = await misbehavingProvider('provider');
  platform = await startPlatform(
    (settings) => ({ ...settings, providers: [provider.settings] }),
    (parts) => notificationRoutes({ ...parts, vault }),
    { log },
  );
  whole = await runningPlatform();
});
test.after.always(async () => {
  await whole?.[Symbol.asyncDispose]();
  await platform?.[Symbol.asyncDispose]();
  await provider?.[Symbol.asyncDispose]();
});

/** What the log of the platform says since the last question. */
function loggedReason(): string {
  const said = lines.splice(0).map(({ detail, reason }) => detail ?? reason);
  return String(said.findLast((one) => one !== undefined));
}

async function signInWith(idToken?: (model: Model) => string) {
  provider.behave({ ...(idToken && { idToken }), claims: { preferred_username: username, sid: 'theirs' } });
  const browser = cookieBrowser();
  const start = await browser.request(`${platform.origin}/auth/sign-in?municipality=092&provider=provider`);
  const granted = provider.grant(new URL(start.headers.get('location')!));
  lines.splice(0);
  const { status } = await browser.request(`${platform.origin}/auth/callback?${new URLSearchParams(granted)}`);
  return { browser, status, reason: loggedReason() };
}

const named = (model: Model, title: string): HostileToken => hostileTokens(model).find((one) => one.title === title)!;
const table = (): HostileToken[] => hostileTokens(provider.model({ sub: 'someone', nonce: 'n' }));

/** The sign-in's library reads the ID token before our wrapper does, and names what it refuses by codes of its own. */
const libraryReasons: Partial<Record<HostileToken['fault'], readonly string[]>> = {
  'not-compact': ['OAUTH_INVALID_RESPONSE', 'OAUTH_PARSE_ERROR', 'OAUTH_UNSUPPORTED_OPERATION'],
  encoding: ['OAUTH_INVALID_RESPONSE'],
  json: ['OAUTH_INVALID_RESPONSE', 'OAUTH_PARSE_ERROR'],
  algorithm: ['OAUTH_INVALID_RESPONSE'],
  critical: ['OAUTH_UNSUPPORTED_OPERATION'],
  'expiry-missing': ['OAUTH_INVALID_RESPONSE'],
  expired: ['OAUTH_JWT_TIMESTAMP_CHECK_FAILED'],
  'not-yet-valid': ['OAUTH_JWT_TIMESTAMP_CHECK_FAILED'],
  'claim-shape': ['OAUTH_INVALID_RESPONSE', 'OAUTH_JWT_TIMESTAMP_CHECK_FAILED'],
  issuer: ['OAUTH_INVALID_RESPONSE', 'OAUTH_JWT_CLAIM_COMPARISON_FAILED'],
  audience: ['OAUTH_INVALID_RESPONSE', 'OAUTH_JWT_CLAIM_COMPARISON_FAILED'],
};

test('The good ID token signs in, so that each hostile one is refused for its own fault', async (t) => {
  t.is((await signInWith()).status, 302);
});

test('GET /auth/callback refuses every token of the table, each for its reason', async (t) => {
  for (const { title, fault } of table()) {
    const { browser, status, reason } = await signInWith((model) => named(model, title).make());
    t.is(status, 400, title);
    t.false((await session(platform, browser)).signedIn, title);
    const right = [`token: ${fault}`, ...(libraryReasons[fault] ?? [])];
    t.true(right.includes(reason), `${title}: ${reason} instead of ${right.join(' or ')}`);
  }
});

const logoutEvents = { 'http://schemas.openid.net/event/backchannel-logout': {} };

test('POST /auth/back-channel-logout refuses every token of the table, each for its reason', async (t) => {
  const { browser } = await signInWith();
  const model = provider.model(
    { sub: 'someone', sid: 'theirs', jti: 'one', events: logoutEvents },
    { typ: 'logout+jwt' },
  );
  for (const { title, make, fault } of hostileTokens(model)) {
    lines.splice(0);
    const body = new URLSearchParams({ logout_token: make() });
    const { status } = await fetch(`${platform.origin}/auth/back-channel-logout`, { method: 'POST', body });
    if (title === 'nothing') t.is(status, 400, title);
    else t.deepEqual([status, loggedReason()], [401, `token: ${fault}`], title);
  }
  t.true((await session(platform, browser)).signedIn);
  const body = new URLSearchParams({ logout_token: goodToken(model) });
  t.is((await fetch(`${platform.origin}/auth/back-channel-logout`, { method: 'POST', body })).status, 204);
  t.false((await session(platform, browser)).signedIn);
});

function unsubscribe(token: string): Promise<Response> {
  const address = `${platform.origin}/api/notifications/unsubscribe?${new URLSearchParams({ token })}`;
  return fetch(address, { method: 'POST' });
}

test('POST /api/notifications/unsubscribe refuses every token of the table, and each that is nearly its own', async (t) => {
  const municipality = story.municipality.id;
  const person = story.guardian.personId;
  const good = unsubscribeToken(vault, { municipality, person });
  const nearly = hostileSealedTokens(good);
  const elsewhere = vault.seal('settings', `${municipality} ${person}`);
  const otherPlace = `${elsewhere.keyId}.${elsewhere.sealed.toString('base64url')}`;
  const all = [
    ...table().map(({ title, make }) => ({ title, token: make() })),
    ...nearly,
    { title: 'sealed for another place', token: otherPlace },
  ];
  for (const { title, token } of all) {
    const answer = await unsubscribe(token);
    const { code } = (await answer.json()) as { code: string };
    t.is(`${answer.status} ${code}`, token.length > 400 ? '400 invalid' : '404 not-found', title);
  }
  t.is((await unsubscribe(good)).status, 204);
});

/** All routes of the running core, with what their requests name. */
async function routesOfCore(): Promise<{ method: string; path: string; names: string[] }[]> {
  const api = (await (await fetch(`${whole.core}/openapi.json`)).json()) as {
    paths: Record<string, Record<string, { parameters?: { name: string }[]; requestBody?: unknown }>>;
  };
  return Object.entries(api.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, { parameters = [], requestBody }]) => ({
      method: method.toUpperCase(),
      path,
      names: [...parameters.map(({ name }) => name), ...namesIn(requestBody)],
    })),
  );
}

/** Names of the members of a request's body, however deep. */
function namesIn(schema: unknown): string[] {
  if (typeof schema !== 'object' || schema === null) return [];
  return Object.entries(schema).flatMap(([key, value]) => [
    ...(key === 'properties' ? Object.keys(value as object) : []),
    ...namesIn(value),
  ]);
}

test('No other door takes a token: what reads one, and every request that names one, is in the table', async (t) => {
  t.deepEqual(readersInCore(), doors.map(({ reader, file }) => `${file} ${reader}`).sort());
  const routes = await routesOfCore();
  t.true(routes.length > 100, String(routes.length));
  const known = new Set(doors.map(({ route }) => route));
  for (const route of known)
    t.true(
      routes.some(({ method, path }) => `${method} ${path}` === route),
      route,
    );
  const naming = routes.filter(({ names }) => names.some((name) => /token|jwt|assertion|ticket/i.test(name)));
  const unknown = naming.map(({ method, path }) => `${method} ${path}`).filter((route) => !known.has(route));
  t.deepEqual(
    unknown.filter((route) => !aboutTokens.test(route.split(' ')[1]!)),
    [],
  );
});

/** Calls of what lets a token in, outside the wrapper itself. The portal runs in browsers, the launcher is for tests. */
function readersInCore(): string[] {
  const root = fileURLToPath(new URL('../../../core/', import.meta.url));
  const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter(
    (file) => file.endsWith('.ts') && !/^(tokens|portal|launch|node_modules)\//.test(file),
  );
  return files
    .flatMap((file) => {
      const text = readFileSync(`${root}${file}`, 'utf8');
      if (/from 'jsonwebtoken'/.test(text)) throw new Error(`${file} reads tokens without the wrapper.`);
      const calls = text.matchAll(/(?<!function )\b(verifyToken|openToken|readLogout|readUnsubscribeToken)\(/g);
      return [...new Set([...calls].map(([, name]) => `${file} ${name}`))];
    })
    .sort();
}

test('A token in the header of any door opens nothing: the core knows sessions only', async (t) => {
  const routes = (await routesOfCore()).filter(({ path }) => path.startsWith('/api/'));
  const token = goodToken(provider.model({ sub: 'someone', nonce: 'n' }));
  const answers = new Set<string>();
  for (const { method, path } of routes) {
    const headers = { authorization: `Bearer ${token}`, cookie: `sid=${token}; __Host-sid=${token}` };
    const address = `${whole.core}${path.replaceAll(/\{[^}]*\}/g, 'x')}`;
    const [held, bare] = [await fetch(address, { method, headers }), await fetch(address, { method })];
    t.is(held.status, bare.status, `${method} ${path}`);
    await Promise.all([held.body?.cancel(), bare.body?.cancel()]);
    answers.add(String(held.status));
  }
  t.true(answers.has('401'));
});
