import type { Database } from '../db/index.ts';
import type { Clock, Id } from '../kernel/index.ts';
import { accountStore } from './account-store.ts';
import { attemptStore } from './attempt-store.ts';
import type { AuthRoutesDeps } from './auth-routes.ts';
import type { FetchLimits } from './bounded-fetch.ts';
import { secretCookie } from './cookies.ts';
import { createMandateClient } from './mandate-client.ts';
import { mandateStore } from './mandate-store.ts';
import type { MandatesDeps } from './mandates.ts';
import { passkeyStore } from './passkey-store.ts';
import type { PasskeysDeps } from './passkeys.ts';
import { createRelyingParty, type RelyingParty } from './relying-party.ts';
import { roleStore } from './role-store.ts';
import { sessionStore } from './session-store.ts';
import { createSessions } from './sessions.ts';
import type { IdentitySettings } from './settings.ts';
import { createStartLimit, type StartLimitSettings } from './start-limit.ts';
import { vendorPersonStore } from './vendor-person-store.ts';
import { usedTokenStore } from './used-token-store.ts';

export interface IdentityOptions {
  settings: IdentitySettings;
  database: Database;
  clock: Clock;
  /** For the tests; the global one by default. */
  fetch?: typeof globalThis.fetch;
  /** What one answer of an identity provider may cost; 5 s and 256 kB by default. */
  providerLimits?: FetchLimits;
  /** Of sign-ins that are started; `startLimitSettings` by default. */
  startLimits?: StartLimitSettings;
}

/** Channel on which every node learns which sessions ended: `{ sessions: Id[] }`. */
export const sessionsEndedChannel = 'sessions_ended';

/** What every way of signing in shares. */
export type Ground = ReturnType<typeof ground>;

export function ground(options: IdentityOptions) {
  const { settings, database, clock, fetch = globalThis.fetch, providerLimits, startLimits } = options;
  const providers = new Map(settings.providers.map((provider) => [provider.id, provider]));
  const accounts = accountStore(database);
  const roles = roleStore(database, clock);
  const sessions = createSessions({
    store: sessionStore(database),
    roles,
    accounts,
    cookie: secretCookie('sid', settings.publicOrigin),
    clock,
    providers,
    announceEnd: (ended) => announce(database, ended),
  });
  const mayStart = createStartLimit(clock, startLimits);
  const vendorPersons = vendorPersonStore(database);
  return {
    settings,
    database,
    clock,
    fetch,
    providerLimits,
    providers,
    accounts,
    roles,
    sessions,
    mayStart,
    vendorPersons,
  };
}

export function signInParts(ground: Ground, mandates: MandatesDeps | undefined): AuthRoutesDeps {
  const { settings, database, clock } = ground;
  return {
    ...ground,
    mandates,
    relyingParties: relyingParties(ground),
    attempts: attemptStore(database),
    cookie: secretCookie('sign-in', settings.publicOrigin),
    used: usedTokenStore(database, clock),
  };
}

function relyingParties({ settings, clock, fetch, providerLimits: limits }: Ground): Map<string, RelyingParty> {
  const redirectUri = new URL('/auth/callback', settings.publicOrigin).href;
  const connect = (provider: IdentitySettings['providers'][number]) =>
    createRelyingParty({ settings: provider, redirectUri, clock, fetch, limits });
  return new Map(settings.providers.map((provider) => [provider.id, connect(provider)]));
}

export function passkeyParts(ground: Ground): PasskeysDeps {
  const { publicOrigin } = ground.settings;
  return {
    ...ground,
    publicOrigin,
    store: passkeyStore(ground.database),
    cookie: secretCookie('passkey', publicOrigin),
  };
}

export function mandateParts({
  settings,
  database,
  clock,
  fetch,
  accounts,
  sessions,
}: Ground): MandatesDeps | undefined {
  const { mandates, publicOrigin, nationalIdKey } = settings;
  if (!mandates) return undefined;
  const redirectUri = new URL('/auth/mandates', publicOrigin).href;
  return {
    client: createMandateClient({ ...mandates, redirectUri, fetch, clock }),
    store: mandateStore(database),
    accounts,
    sessions,
    cookie: secretCookie('mandates', publicOrigin),
    nationalIdKey,
    clock,
  };
}

/** A notification holds a bounded number of ids. */
async function announce(database: Database, ended: readonly Id[]): Promise<void> {
  for (let start = 0; start < ended.length; start += 100)
    await database.notify(sessionsEndedChannel, { sessions: ended.slice(start, start + 100) });
}
