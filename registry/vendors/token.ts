import { randomBytes } from 'node:crypto';
import { sha256Hex } from '@digione/core/kernel';

/** Publish tokens start with this, so that secret scanners know them. */
export const tokenPrefix = 'dgo_';

const tokenPattern = /^dgo_[A-Za-z0-9_-]{43}$/;

export function newToken(): string {
  return `${tokenPrefix}${randomBytes(32).toString('base64url')}`;
}

export function looksLikeToken(value: string): boolean {
  return tokenPattern.test(value);
}

/** What is stored. A token has 256 random bits, so a plain hash can't be guessed back. */
export function tokenHash(token: string): string {
  return sha256Hex(token);
}
