import { createSecretKey } from 'node:crypto';
import { createServer } from 'node:net';
import { once } from 'node:events';
import {
  coordinator,
  demonstrationDate,
  demoPersons,
  municipalities,
  seedDemonstration,
} from '../../../core/demo/index.ts';
import { demoDirectory } from '../../../core/demo/directory/index.ts';
import type { Database } from '../../../core/db/index.ts';
import { createService, type Listening, type Route } from '../../../core/http/index.ts';
import type { FetchLimits } from '../../../core/identity/bounded-fetch.ts';
import {
  createIdentity,
  hashNationalId,
  type Actor,
  type Identity,
  type IdentityOptions,
  type IdentitySettings,
} from '../../../core/identity/index.ts';
import type { Clock, Log } from '../../../core/kernel/index.ts';
import { testProviderSettings } from '../../../core/launch/identity-provider/index.ts';
import { startIdentityProvider, type RunningIdentityProvider } from '../../../core/launch/identity-provider/start.ts';
import { quietLog, testDatabase, type TestDatabase } from '../../support/database.ts';
import { cookieBrowser, type CookieBrowser } from '../../support/cookie-browser.ts';

/** Real time (the provider's library reads the machine's clock) that a test can move forward. */
export interface MovingClock extends Clock {
  advance(milliseconds: number): void;
  setToday(date: string): void;
  /** Back to the present: the provider knows no other time. */
  reset(): void;
}

export function movingClock(): MovingClock {
  let ahead = 0;
  let date: string = demonstrationDate;
  return {
    now: () => new Date(Date.now() + ahead),
    today: () => date,
    advance(milliseconds) {
      ahead += milliseconds;
    },
    setToday(next) {
      date = next;
    },
    reset() {
      ahead = 0;
      date = demonstrationDate;
    },
  };
}

/** Core's identity room with the demonstration's roster and the real test provider, each on a port of its own. */
export interface Platform extends AsyncDisposable {
  origin: string;
  /** Name of the session's cookie. */
  sid: string;
  clock: MovingClock;
  test: TestDatabase;
  provider: RunningIdentityProvider;
  settings: IdentitySettings;
  identity: Identity;
  /** Another node of the same core, on another port. */
  anotherNode(options?: Partial<IdentityOptions>): Promise<Listening>;
}

/** Long: a machine that is busy with other tests is no slow provider. */
const patient: FetchLimits = { timeoutMs: 30_000, maxBytes: 64 * 1024 };

export interface PlatformOptions {
  log?: Log;
  /** What one answer of the provider may cost. */
  providerLimits?: FetchLimits;
}
const nationalIdKey = createSecretKey(Buffer.alloc(32, 7));
const places = [coordinator, ...municipalities];

/** Routes of other rooms, served beside those of identity. */
export type MoreRoutes = (parts: { database: Database; clock: Clock }) => Route<Actor>[];

export async function startPlatform(
  change: (settings: IdentitySettings) => IdentitySettings = (same) => same,
  more: MoreRoutes = () => [],
  { log = quietLog, providerLimits = patient }: PlatformOptions = {},
): Promise<Platform> {
  const test = await testDatabase();
  const clock = movingClock();
  const hashIdentifier = (value: string) => hashNationalId(nationalIdKey, value);
  await seedDemonstration({ database: test.database, clock, log: quietLog, hashIdentifier });
  const port = await freePort();
  const origin = `http://127.0.0.1:${port}`;
  const provider = await startIdentityProvider(
    {
      host: '127.0.0.1',
      port: 0,
      coreOrigin: origin,
      clientSecret: 'a secret of this test',
      municipalities: places.map(({ code, name }) => ({ code, name })),
      people: demoPersons(),
    },
    async () => demoDirectory(),
  );
  const providers = testProviderSettings({
    issuer: provider.issuer,
    clientSecret: 'a secret of this test',
    municipalities: places,
  });
  const settings = change({ publicOrigin: origin, providers, nationalIdKey });
  const identity = createIdentity({ settings, database: test.database, clock, providerLimits });
  const others = more({ database: test.database, clock });
  const withOthers = { ...identity, routes: [...identity.routes, ...others] };
  const nodes: Listening[] = [await listen(withOthers, { clock, port, log })];
  return {
    origin,
    sid: `sid-${port}`,
    clock,
    test,
    provider,
    settings,
    identity,
    async anotherNode(options) {
      const other = createIdentity({ settings, database: test.database, clock, providerLimits, ...options });
      const node = await listen(other, { clock, port: 0, log });
      nodes.push(node);
      return node;
    },
    async [Symbol.asyncDispose]() {
      for (const node of nodes) await node[Symbol.asyncDispose]();
      await provider[Symbol.asyncDispose]();
      await test[Symbol.asyncDispose]();
    },
  };
}

interface Node {
  clock: Clock;
  port: number;
  log: Log;
}

function listen({ authenticate, routes }: Identity, { clock, port, log }: Node): Promise<Listening> {
  const openapi = { title: 'identity', version: '0' };
  return createService<Actor>({ name: 'core', routes, authenticate, log, clock, openapi }).listen(port);
}

/** Both sides must know the core's port before it listens. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  server.close();
  await once(server, 'close');
  return port;
}

export interface SignInChoice {
  sub: string;
  municipality: string;
  kind: 'mpassid' | 'suomifi' | 'staff' | 'vendor';
  query?: Record<string, string>;
}

/** From the front page to the page after signing in, as a person's browser goes. */
export async function signIn(
  { origin }: { origin: string },
  { sub, municipality, kind, query = {} }: SignInChoice,
  browser: CookieBrowser = cookieBrowser(),
) {
  const start = new URL('/auth/sign-in', origin);
  start.search = new URLSearchParams({ municipality, provider: `${kind}-${municipality}`, ...query }).toString();
  const page = await browser.follow(start);
  const end = await browser.follow(page.url, { method: 'POST', body: new URLSearchParams({ sub }) });
  return { browser, page, ...end };
}

export interface RoleAnswer {
  roleId: string;
  role: string;
  municipality: { id: string; code: string; kind: string };
  school?: { id: string; name: string };
  children?: { id: string; name: string }[];
}

/** What a test looks at in GET /api/session; the members but the first are there when somebody is signed in. */
export interface SessionAnswer {
  signedIn: boolean;
  csrf: string | null;
  name: string;
  language: string;
  today: string;
  authTime: string;
  active: RoleAnswer;
  roles: RoleAnswer[];
}

export async function session(platform: { origin: string }, browser: CookieBrowser): Promise<SessionAnswer> {
  return (await (await browser.request(`${platform.origin}/api/session`)).json()) as SessionAnswer;
}

/** A write as the portal sends it. */
export async function post(platform: { origin: string }, browser: CookieBrowser, path: string, body: object = {}) {
  const { csrf } = await session(platform, browser);
  const headers = { 'content-type': 'application/json', ...(csrf && { 'x-csrf-token': csrf }) };
  return browser.request(platform.origin + path, { method: 'POST', headers, body: JSON.stringify(body) });
}
