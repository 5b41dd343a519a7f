import { createHash, timingSafeEqual } from 'node:crypto';
import type { Database } from '@digione/core/db';
import { refuse, type Clock } from '@digione/core/kernel';
import type { Context } from 'koa';
import { bundleLimits } from './bundle/index.ts';
import type { Caller } from './caller.ts';
import type { ServiceTokens } from './review/index.ts';
import { findPublisher, looksLikeToken, tokenHash } from './vendors/index.ts';

export interface AuthenticateDeps {
  database: Database;
  clock: Clock;
  /** The bootstrap secret; without one nobody is administrator. */
  adminSecret: string | undefined;
  serviceTokens: ServiceTokens;
}

const scheme = 'Bearer ';

/** Who calls, by the bearer token; a token that is not good is refused even where none is needed. */
export function createAuthenticate({ database, clock, adminSecret, serviceTokens }: AuthenticateDeps) {
  return async (ctx: Context): Promise<Caller | undefined> => {
    refuseOversize(ctx);
    const header = ctx.get('authorization');
    if (header === '') return undefined;
    const token = header.startsWith(scheme) ? header.slice(scheme.length).trim() : '';
    if (adminSecret !== undefined && sameText(token, adminSecret)) return { kind: 'administrator' };
    if (looksLikeToken(token)) {
      const publisher = await database.global((tx) => findPublisher(tx, tokenHash(token), clock.now()));
      return publisher ?? refuse('token-invalid', 'This token is unknown, expired or revoked. Ask for a new one.');
    }
    if (token.split('.').length === 3) return serviceTokens.verify(token);
    return refuse('token-invalid', 'The authorization header holds no token of this registry.');
  };
}

/** The first check of all: what says that it is too large is not even asked who it is. */
function refuseOversize(ctx: Context): void {
  if ((ctx.request.length ?? 0) > bundleLimits.packed)
    refuse('too-large', `A bundle may have at most ${bundleLimits.packed} bytes.`);
}

/** In a time that does not depend on where the texts differ. */
function sameText(one: string, other: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(one), digest(other));
}
