import type { Context } from 'koa';
import type { Database } from '../db/index.ts';
import type { Route } from '../http/index.ts';
import type { Clock, Id } from '../kernel/index.ts';
import { accountStore, type AccountStore, type RosterPerson } from './account-store.ts';
import type { Actor } from './actor.ts';
import { attemptStore } from './attempt-store.ts';
import { authRoutes } from './auth-routes.ts';
import { secretCookie } from './cookies.ts';
import type { Fetch, FetchLimits } from './bounded-fetch.ts';
import { createMandateClient } from './mandate-client.ts';
import { mandateStore } from './mandate-store.ts';
import type { MandatesDeps } from './mandates.ts';
import { passkeyRoutes } from './passkey-routes.ts';
import { passkeyStore } from './passkey-store.ts';
import { createRelyingParty } from './relying-party.ts';
import { roleStore } from './role-store.ts';
import { sessionRoutes } from './session-routes.ts';
import { sessionStore } from './session-store.ts';
import { createSessions, type Sessions } from './sessions.ts';
import type { IdentitySettings } from './settings.ts';
import { signInOptions } from './sign-in-options.ts';
import { usedTokenStore } from './used-token-store.ts';

export interface IdentityOptions {
  settings: IdentitySettings;
  database: Database;
  clock: Clock;
  /** For the tests; the global one by default. */
  fetch?: typeof globalThis.fetch;
  /** What one answer of an identity provider may cost; 5 s and 256 kB by default. */
  providerLimits?: FetchLimits;
}

/** The room as the rest of the core sees it. */
export interface Identity {
  /** Who is calling, by session cookie and today's roster; undefined when nobody is. */
  authenticate(ctx: Context): Promise<Actor | undefined>;
  routes: Route<Actor>[];
  /**
   * What Suomi.fi authorisations last said of a guardian's right to act for a child; undefined when it was
   * not asked lately or is not in use. It narrows and confirms; the guardianship itself stays the roster's.
   */
  mayActFor(guardian: RosterPerson, child: Id): Promise<boolean | undefined>;
}

/** Channel on which every node learns which sessions ended: `{ sessions: Id[] }`. */
export const sessionsEndedChannel = 'sessions_ended';

export function createIdentity(options: IdentityOptions): Identity {
  const { settings, database, clock, fetch = globalThis.fetch, providerLimits: limits } = options;
  const providers = new Map(settings.providers.map((provider) => [provider.id, provider]));
  const redirectUri = new URL('/auth/callback', settings.publicOrigin).href;
  const relyingParties = new Map(
    settings.providers.map((provider) => [
      provider.id,
      createRelyingParty({ settings: provider, redirectUri, clock, fetch, limits }),
    ]),
  );
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
  const mandates = connectMandates({ options, accounts, sessions, fetch });
  const signIn = {
    mandates,
    settings,
    providers,
    relyingParties,
    attempts: attemptStore(database),
    accounts,
    roles,
    sessions,
    cookie: secretCookie('sign-in', settings.publicOrigin),
    clock,
    used: usedTokenStore(database, clock),
  };
  const passkeys = {
    store: passkeyStore(database),
    accounts,
    roles,
    sessions,
    cookie: secretCookie('passkey', settings.publicOrigin),
    publicOrigin: settings.publicOrigin,
    providers,
    clock,
  };
  const listOptions = signInOptions(database, settings.providers);
  return {
    authenticate: (ctx) => authenticate(ctx, sessions),
    routes: [
      ...sessionRoutes({ sessions, clock, signInOptions: listOptions }),
      ...authRoutes(signIn),
      ...passkeyRoutes(passkeys),
    ],
    mayActFor: async (guardian, child) => mandates?.store.isAllowed(guardian, child, clock.now()),
  };
}

interface MandateParts {
  options: IdentityOptions;
  accounts: AccountStore;
  sessions: Sessions;
  fetch: Fetch;
}

function connectMandates({ options, accounts, sessions, fetch }: MandateParts): MandatesDeps | undefined {
  const { settings, database, clock } = options;
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

async function authenticate(ctx: Context, sessions: Sessions): Promise<Actor | undefined> {
  const found = await sessions.find(ctx);
  return found && sessions.actor(found);
}

/** A notification holds a bounded number of ids. */
async function announce(database: Database, ended: readonly string[]): Promise<void> {
  for (let start = 0; start < ended.length; start += 100)
    await database.notify(sessionsEndedChannel, { sessions: ended.slice(start, start + 100) });
}
