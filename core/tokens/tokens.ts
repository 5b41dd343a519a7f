import { type KeyObject, sign, verify } from 'node:crypto';
import jwt from 'jsonwebtoken';
import { newId, type Clock } from '../kernel/index.ts';
import { openToken } from './compact-token.ts';
import { checkClaims, type Claims } from './token-claims.ts';
import { isTokenAlgorithm, type KeySource, type SigningKey, type VerificationKey } from './token-keys.ts';
import type { TokenKind } from './token-kinds.ts';
import { refuseToken } from './token-refused.ts';

/** Remembers tokens that are good for one use. */
export interface UsedTokens {
  /** False when this issuer's `jti` was seen before. */
  firstUse(use: { issuer: string; jti: string; until: Date }): Promise<boolean>;
}

export interface TokenCheck {
  kind: TokenKind;
  issuer: string;
  audience: string;
  keys: KeySource;
  clock: Clock;
  /** Needed by kinds that allow one use. */
  used?: UsedTokens;
}

/** The only way in for a signed token: its claims, or a {@link TokenRefused} that says why. */
export async function verifyToken(token: string, check: TokenCheck): Promise<Claims> {
  const { header } = openToken(token);
  const alg = isTokenAlgorithm(header.alg) ? header.alg : refuseToken('algorithm');
  if (!check.kind.types.includes(header.typ?.toLowerCase())) refuseToken('type');
  const key = (await check.keys.find(header.kid, alg)) ?? refuseToken('unknown-key');
  if (key.alg !== alg) refuseToken('algorithm');
  const claims = checkClaims(signedClaims(token, key), { ...check, now: seconds(check.clock) });
  await checkFirstUse(claims, check);
  return claims;
}

/** Times are checked by us, with reasons; the library checks the signature with the one pinned algorithm. */
function signedClaims(token: string, { key, alg }: VerificationKey): Record<string, unknown> {
  if (alg === 'EdDSA') return isSigned(token, key) ? openToken(token).claims : refuseToken('signature');
  try {
    const options: jwt.VerifyOptions = { algorithms: [alg], ignoreExpiration: true, ignoreNotBefore: true };
    return jwt.verify(token, key, options) as jwt.JwtPayload;
  } catch (error) {
    return refuseToken('signature', error);
  }
}

/** Ed25519 (RFC 8037 §3.1), which the library does not know. */
function isSigned(token: string, key: KeyObject): boolean {
  if (key.asymmetricKeyType !== 'ed25519') return false;
  const end = token.lastIndexOf('.');
  return verify(null, Buffer.from(token.slice(0, end)), key, Buffer.from(token.slice(end + 1), 'base64url'));
}

async function checkFirstUse(claims: Claims, { kind, used }: TokenCheck): Promise<void> {
  if (!kind.once) return;
  if (!used) throw new TypeError('A kind of token that is good for one use needs a memory of used tokens.');
  const use = { issuer: claims.iss, jti: claims.jti!, until: new Date((claims.exp + 60) * 1000) };
  if (!(await used.firstUse(use))) refuseToken('used');
}

export interface TokenOrder {
  kind: TokenKind;
  issuer: string;
  audience: string;
  lifeSeconds: number;
  key: SigningKey;
  clock: Clock;
}

/** Signs a token that {@link verifyToken} accepts; `iss`, `aud`, `iat`, `exp` and `jti` are ours to set. */
export function issueToken(claims: Record<string, unknown>, order: TokenOrder): string {
  const { kind, key, clock, lifeSeconds } = order;
  if (lifeSeconds > kind.maxLifeSeconds)
    throw new RangeError(`Tokens of this kind live ${kind.maxLifeSeconds} s at most.`);
  const iat = seconds(clock);
  const payload = { ...claims, iss: order.issuer, aud: order.audience, iat, exp: iat + lifeSeconds, jti: newId() };
  const header = { alg: key.alg, kid: key.kid, ...(kind.types[0] && { typ: kind.types[0] }) };
  if (key.alg === 'EdDSA') return signed(header, payload, key.key);
  return jwt.sign(payload, key.key, { algorithm: key.alg, header });
}

function signed(header: object, payload: object, key: KeyObject): string {
  const body = [header, payload].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.');
  return `${body}.${sign(null, Buffer.from(body), key).toString('base64url')}`;
}

function seconds(clock: Clock): number {
  return Math.floor(clock.now().getTime() / 1000);
}
