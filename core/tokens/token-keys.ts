import type { KeyObject } from 'node:crypto';

/** Asymmetric only: a shared secret can't tell the issuer from the reader. */
export const tokenAlgorithms = ['RS256', 'PS256', 'ES256', 'EdDSA'] as const;
export type TokenAlgorithm = (typeof tokenAlgorithms)[number];

/** A public key and the one algorithm it is used with (RFC 8725 §3.1). */
export interface VerificationKey {
  kid: string;
  alg: TokenAlgorithm;
  key: KeyObject;
}

export interface SigningKey {
  kid: string;
  alg: TokenAlgorithm;
  /** Private. */
  key: KeyObject;
}

/** Where the keys of one issuer come from. */
export interface KeySource {
  /** Without a `kid`, the key of an issuer that has only one for the algorithm. */
  find(kid: string | undefined, alg: TokenAlgorithm): Promise<VerificationKey | undefined>;
}

export function isTokenAlgorithm(value: string): value is TokenAlgorithm {
  return (tokenAlgorithms as readonly string[]).includes(value);
}

export function pick(
  keys: readonly VerificationKey[],
  kid: string | undefined,
  alg: TokenAlgorithm,
): VerificationKey | undefined {
  if (kid !== undefined) return keys.find((key) => key.kid === kid);
  const candidates = keys.filter((key) => key.alg === alg);
  return candidates.length === 1 ? candidates[0] : undefined;
}

/** Keys known from configuration. */
export function fixedKeys(keys: readonly VerificationKey[]): KeySource {
  return { find: async (kid, alg) => pick(keys, kid, alg) };
}
