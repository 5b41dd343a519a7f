import { createPublicKey, type JsonWebKey, type KeyObject } from 'node:crypto';
import type { Database, Tx } from '@digione/core/db';
import { refuse, type Clock } from '@digione/core/kernel';
import jwt from 'jsonwebtoken';
import { Type, type Static } from 'typebox';
import { Compile } from 'typebox/compile';
import type { Reviewer } from '../caller.ts';
import { forgetUsedTokens, useTokenOnce } from './used-token-store.ts';

const issuer = 'core';
const audience = 'registry';
/** Explicit type (RFC 8725 §3.11): no other token of the core passes for this one. */
const tokenType = 'service+jwt';
const lifetimeSeconds = 60;
const toleranceSeconds = 5;

const Claims = Type.Object({
  sub: Type.String({ minLength: 1, maxLength: 100 }),
  name: Type.String({ minLength: 1, maxLength: 200 }),
  role: Type.Literal('reviewer'),
  jti: Type.String({ minLength: 16, maxLength: 100 }),
  iat: Type.Integer(),
  exp: Type.Integer(),
});
type Claims = Static<typeof Claims>;
const claimsCheck = Compile(Claims);

export interface ServiceTokens {
  /** The reviewer whom the core names; a token is good once, for a minute. */
  verify(token: string): Promise<Reviewer>;
}

export interface ServiceTokenOptions {
  database: Database;
  clock: Clock;
  /** Public keys of the core (ES256), read anew for each token so that a new key needs no restart. */
  keys: () => Promise<KeyObject[]>;
}

export function createServiceTokens({ database, clock, keys }: ServiceTokenOptions): ServiceTokens {
  return {
    async verify(token) {
      const claims = checkClaims(checkSignature(token, await keys(), clock.now()));
      await database.global((tx) => useOnce(tx, claims, clock.now()));
      return { kind: 'reviewer', account: claims.sub, name: claims.name };
    },
  };
}

/** Keys of a PEM text or of a JWKS (RFC 7517). */
export function readServiceKeys(text: string): KeyObject[] {
  if (!text.trimStart().startsWith('{')) return [createPublicKey(text)];
  const { keys = [] } = JSON.parse(text) as { keys?: JsonWebKey[] };
  return keys
    .filter(({ kty, crv }) => kty === 'EC' && crv === 'P-256')
    .map((key) => createPublicKey({ key, format: 'jwk' }));
}

function checkSignature(token: string, keys: readonly KeyObject[], now: Date): unknown {
  const options = {
    algorithms: ['ES256' as const],
    issuer,
    audience,
    clockTimestamp: Math.floor(now.getTime() / 1000),
    clockTolerance: toleranceSeconds,
    complete: true as const,
  };
  let reason: unknown = 'no key is known';
  for (const key of keys) {
    try {
      const { header, payload } = jwt.verify(token, key, options);
      // jsonwebtoken looks at neither (RFC 7515 §4.1.11 for `crit`)
      if (header.typ !== tokenType || 'crit' in header) refuseToken('its header is not that of a service token');
      return payload;
    } catch (error) {
      if (!(error instanceof jwt.JsonWebTokenError)) throw error;
      reason = error;
    }
  }
  return refuseToken(reason);
}

function checkClaims(claims: unknown): Claims {
  if (!claimsCheck.Check(claims)) refuseToken('a claim is missing or wrong');
  if (claims.exp - claims.iat > lifetimeSeconds) refuseToken('it lives too long');
  return claims;
}

async function useOnce(tx: Tx, { jti, exp }: Claims, now: Date): Promise<void> {
  const until = new Date((exp + 2 * toleranceSeconds) * 1000);
  if (!(await useTokenOnce(tx, { jti, until })))
    refuse('token-replayed', 'This service token was used already. Make a new one for each request.');
  await forgetUsedTokens(tx, now);
}

function refuseToken(cause: unknown): never {
  return refuse('token-invalid', 'The service token is not valid.', { cause });
}
