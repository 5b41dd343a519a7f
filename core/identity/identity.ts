import type { Context } from 'koa';
import type { Route } from '../http/index.ts';
import type { Id } from '../kernel/index.ts';
import type { RosterPerson } from './account-store.ts';
import type { Actor } from './actor.ts';
import { authRoutes } from './auth-routes.ts';
import { ground, mandateParts, passkeyParts, signInParts, type IdentityOptions } from './identity-parts.ts';
import { passkeyRoutes } from './passkey-routes.ts';
import { sessionRoutes } from './session-routes.ts';
import type { Sessions } from './sessions.ts';
import { signInOptions } from './sign-in-options.ts';

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

export function createIdentity(options: IdentityOptions): Identity {
  const shared = ground(options);
  const { sessions, clock, database, settings } = shared;
  const mandates = mandateParts(shared);
  return {
    authenticate: (ctx) => authenticate(ctx, sessions),
    routes: [
      ...sessionRoutes({ sessions, clock, signInOptions: signInOptions(database, settings.providers) }),
      ...authRoutes(signInParts(shared, mandates)),
      ...passkeyRoutes(passkeyParts(shared)),
    ],
    mayActFor: async (guardian, child) => mandates?.store.isAllowed(guardian, child, clock.now()),
  };
}

async function authenticate(ctx: Context, sessions: Sessions): Promise<Actor | undefined> {
  const found = await sessions.find(ctx);
  return found && sessions.actor(found);
}
