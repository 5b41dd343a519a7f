import type { Context } from 'koa';
import type { Tx } from '../db/index.ts';
import type { Route } from '../http/index.ts';
import type { Id } from '../kernel/index.ts';
import type { Actor } from './actor.ts';
import { authRoutes } from './auth-routes.ts';
import { ground, mandateParts, passkeyParts, signInParts, type IdentityOptions } from './identity-parts.ts';
import { readMandates, type MandatesOfChild } from './mandate-answer.ts';
import { ownSignInRoutes } from './own-sign-in-routes.ts';
import { passkeyRoutes } from './passkey-routes.ts';
import { sessionRoutes } from './session-routes.ts';
import type { Sessions } from './sessions.ts';
import { signInOptions } from './sign-in-options.ts';

/** The room as the rest of the core sees it. */
export interface Identity {
  /** Who is calling, by session cookie and today's roster; undefined when nobody is. */
  authenticate(ctx: Context): Promise<Actor | undefined>;
  routes: Route<Actor>[];
  /** The user name at the vendors' provider, by which a vendor's owner invites; undefined for everybody else. */
  vendorUsername(actor: Actor): Promise<string | undefined>;
  /**
   * What Suomi.fi authorisations say of the guardians of a child, read in the caller's transaction. It narrows and
   * confirms; the guardianship itself stays the roster's.
   */
  mandates(tx: Tx, about: { municipality: Id; child: Id }): Promise<MandatesOfChild>;
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
      ...ownSignInRoutes(shared),
      ...passkeyRoutes(passkeyParts(shared)),
    ],
    vendorUsername: ({ municipality, person }) =>
      shared.vendorPersons.usernameOf({ municipality: municipality.id, person }),
    mandates: (tx, about) => readMandates(tx, about, { clock, isUsed: mandates !== undefined }),
  };
}

async function authenticate(ctx: Context, sessions: Sessions): Promise<Actor | undefined> {
  const found = await sessions.find(ctx);
  return found && sessions.actor(found);
}
