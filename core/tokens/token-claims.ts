import type { TokenKind } from './token-kinds.ts';
import { refuseToken } from './token-refused.ts';

/** Clocks of two servers differ a little. */
const toleranceSeconds = 30;

export interface Expected {
  kind: TokenKind;
  issuer: string;
  audience: string;
  /** Unix time in seconds. */
  now: number;
}

export type Claims = Record<string, unknown> & { iss: string; exp: number; iat: number; jti?: string };

export function checkClaims(claims: Record<string, unknown>, expected: Expected): Claims {
  if (claims.iss !== expected.issuer) refuseToken('issuer');
  if (!isOnly(claims.aud, expected.audience)) refuseToken('audience');
  checkTimes(claims, expected);
  checkMembers(claims, expected.kind);
  return claims as Claims;
}

function isOnly(audience: unknown, wanted: string): boolean {
  return Array.isArray(audience) ? audience.length === 1 && audience[0] === wanted : audience === wanted;
}

function checkTimes(claims: Record<string, unknown>, { kind, now }: Expected): void {
  if (claims.exp === undefined) refuseToken('expiry-missing');
  const exp = seconds(claims.exp);
  const iat = seconds(claims.iat);
  if (exp <= now - toleranceSeconds) refuseToken('expired');
  if (iat > now + toleranceSeconds) refuseToken('issued-in-future');
  if (exp - iat > kind.maxLifeSeconds) refuseToken('life-too-long');
  if (claims.nbf !== undefined && seconds(claims.nbf) > now + toleranceSeconds) refuseToken('not-yet-valid');
}

function seconds(value: unknown): number {
  return Number.isSafeInteger(value) && (value as number) > 0 ? (value as number) : refuseToken('claim-shape');
}

function checkMembers(claims: Record<string, unknown>, kind: TokenKind): void {
  for (const name of kind.forbidden) if (name in claims) refuseToken('claim-forbidden');
  for (const name of kind.required) if (claims[name] === undefined) refuseToken('claim-missing');
  for (const name of ['sub', 'nonce', 'sid', 'jti'])
    if (claims[name] !== undefined && !isShortText(claims[name])) refuseToken('claim-shape');
  if (kind.once && claims.jti === undefined) refuseToken('claim-missing');
}

function isShortText(value: unknown): boolean {
  return typeof value === 'string' && value.length > 0 && value.length <= 255;
}
