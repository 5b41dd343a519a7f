import { createPublicKey, type JsonWebKey } from 'node:crypto';
import type { Database } from '@digione/core/db';
import { refuse, type Clock } from '@digione/core/kernel';
import {
  pick,
  serviceToken,
  TokenRefused,
  verifyToken,
  type Claims,
  type UsedTokens,
  type VerificationKey,
} from '@digione/core/tokens';
import { Type } from 'typebox';
import { Compile } from 'typebox/compile';
import type { Reviewer, VendorPerson } from '../caller.ts';
import { membershipsOf } from '../vendors/index.ts';
import { forgetUsedTokens, useTokenOnce } from './used-token-store.ts';

const person = {
  sub: Type.String({ minLength: 1, maxLength: 100 }),
  name: Type.String({ minLength: 1, maxLength: 500 }),
};
const Named = Compile(
  Type.Union([
    Type.Object({ ...person, role: Type.Literal('reviewer') }),
    Type.Object({
      ...person,
      role: Type.Literal('vendor'),
      username: Type.String({ minLength: 1, maxLength: 255 }),
    }),
  ]),
);

export interface ServiceTokens {
  /** The person whom the core names; a token is good once, for a minute. */
  verify(token: string): Promise<Reviewer | VendorPerson>;
}

export interface ServiceTokenOptions {
  database: Database;
  clock: Clock;
  /** Public keys of the core (ES256), read anew for each token so that a new key needs no restart. */
  keys: () => Promise<readonly VerificationKey[]>;
}

export function createServiceTokens({ database, clock, keys }: ServiceTokenOptions): ServiceTokens {
  const check = {
    kind: serviceToken,
    issuer: 'core',
    audience: 'registry',
    keys: { find: async (kid: string | undefined, alg: VerificationKey['alg']) => pick(await keys(), kid, alg) },
    clock,
    used: usedTokens(database, clock),
  };
  return {
    async verify(token) {
      const claims = await verifyToken(token, check).catch(sayRefused);
      if (!Named.Check(claims)) refuse('token-invalid', 'The service token is not valid.');
      const { sub: account, name } = claims;
      if (claims.role === 'reviewer') return { kind: 'reviewer', account, name };
      const memberships = await database.global((tx) => membershipsOf(tx, { account, username: claims.username }));
      return { kind: 'vendor-person', account, name, memberships };
    },
  };
}

/** Keys of a PEM text or of a JWKS (RFC 7517). */
export function readServiceKeys(text: string): VerificationKey[] {
  if (!text.trimStart().startsWith('{')) return [{ kid: 'service', alg: 'ES256', key: createPublicKey(text) }];
  const { keys = [] } = JSON.parse(text) as { keys?: JsonWebKey[] };
  return keys
    .filter(({ kty, crv }) => kty === 'EC' && crv === 'P-256')
    .map((jwk) => ({
      kid: String(jwk['kid'] ?? 'service'),
      alg: 'ES256',
      key: createPublicKey({ key: jwk, format: 'jwk' }),
    }));
}

/** The registry's own words: its callers know these two codes. */
function sayRefused(error: unknown): Claims {
  if (!(error instanceof TokenRefused)) throw error;
  if (error.fault === 'used')
    refuse('token-replayed', 'This service token was used already. Make a new one for each request.');
  const { detail } = error;
  return refuse('token-invalid', 'The service token is not valid.', { cause: error, ...(detail && { detail }) });
}

function usedTokens(database: Database, clock: Clock): UsedTokens {
  return {
    firstUse: ({ jti, until }) =>
      database.global(async (tx) => {
        await forgetUsedTokens(tx, clock.now());
        return useTokenOnce(tx, { jti, until });
      }),
  };
}
