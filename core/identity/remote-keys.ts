import { createPublicKey, type JsonWebKey } from 'node:crypto';
import type { Clock } from '../kernel/index.ts';
import type { Fetch } from './bounded-fetch.ts';
import { isTokenAlgorithm, pick, type KeySource, type TokenAlgorithm, type VerificationKey } from '../tokens/index.ts';

const refetchAfterMs = 30_000;
const staleAfterMs = 10 * 60_000;
const maxKeys = 20;

export interface RemoteKeysOptions {
  address: URL;
  /** Bounded in time and size. */
  fetch: Fetch;
  clock: Clock;
}

/**
 * Keys of an issuer's JWK Set. An unknown `kid` fetches anew at most every 30 s, so that a flood of
 * invented ids becomes no flood at the issuer; a key that the issuer withdrew is forgotten within ten minutes.
 */
export function remoteKeys({ address, fetch, clock }: RemoteKeysOptions): KeySource {
  let keys: VerificationKey[] = [];
  let fetchedAt = Number.NEGATIVE_INFINITY;
  let underWay: Promise<void> | undefined;

  const load = async () => {
    fetchedAt = clock.now().getTime();
    keys = readKeys(await (await fetch(address, { headers: { accept: 'application/json' } })).json());
  };
  const refresh = () => {
    underWay ??= load().finally(() => {
      underWay = undefined;
    });
    return underWay;
  };
  return {
    async find(kid, alg) {
      const age = clock.now().getTime() - fetchedAt;
      if (age > staleAfterMs) await refresh();
      const known = pick(keys, kid, alg);
      if (known) return known;
      if (underWay || clock.now().getTime() - fetchedAt >= refetchAfterMs) await refresh();
      return pick(keys, kid, alg);
    },
  };
}

function readKeys(set: unknown): VerificationKey[] {
  const list = (set as { keys?: unknown } | null)?.keys;
  if (!Array.isArray(list)) throw new TypeError('The address does not answer with a JWK Set.');
  return list.slice(0, maxKeys).flatMap((jwk) => readKey(jwk) ?? []);
}

/** Keys of other uses or kinds are passed over; a symmetric or private key in a public set is never used. */
function readKey(jwk: JsonWebKey): VerificationKey | undefined {
  if (jwk.use !== undefined && jwk.use !== 'sig') return undefined;
  const alg = algorithmOf(jwk);
  if (!alg || typeof jwk.kid !== 'string' || 'd' in jwk) return undefined;
  return { kid: jwk.kid, alg, key: createPublicKey({ key: jwk, format: 'jwk' }) };
}

function algorithmOf(jwk: JsonWebKey): TokenAlgorithm | undefined {
  const byType = jwk.kty === 'RSA' ? 'RS256' : jwk.kty === 'EC' && jwk.crv === 'P-256' ? 'ES256' : undefined;
  if (!byType || jwk.alg === undefined) return byType;
  const named = typeof jwk.alg === 'string' && isTokenAlgorithm(jwk.alg) ? jwk.alg : undefined;
  // Ed25519 is for our own kinds of tokens; an OKP key has no place in a provider's set.
  if (named === 'EdDSA') return undefined;
  return named && (named === 'ES256') === (byType === 'ES256') ? named : undefined;
}
