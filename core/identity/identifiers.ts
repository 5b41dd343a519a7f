import { createHmac, type KeyObject } from 'node:crypto';
import { readMpassid } from './mpassid.ts';
import type { ProviderKind } from './settings.ts';

/** A name under which a roster may know the person who signs in. */
export interface Identifier {
  scheme: 'learner-number' | 'mpass-uid' | 'hetu-hash' | 'username' | 'vendor-username';
  value: string;
  /** Municipalities in which the name means anything, by OID or code; everywhere when left out. */
  within?: { oids: readonly string[] } | { code: string };
}

/** Claims of Suomi.fi identification with the personal identity code: by its OpenID name and by its OID. */
const nationalIdClaims = ['national_identification_number', 'urn:oid:1.2.246.21'];
/** Claim of a municipality's own provider with the municipality's code. */
export const municipalityClaim = 'municipality_code';

const nationalId = /^[0-9]{6}[-+A-FU-Y][0-9]{3}[0-9A-Y]$/;

/** A personal identity code is kept and compared only as its HMAC: the roster importer and sign-in share the key. */
export function hashNationalId(key: KeyObject, value: string): string {
  return createHmac('sha256', key).update(value.toUpperCase()).digest('hex');
}

/** The personal identity code that strong identification tells; undefined when it has the wrong shape. */
export function nationalIdOf(claims: Record<string, unknown>): string | undefined {
  const value = nationalIdClaims.map((name) => claims[name]).find((claim) => claim !== undefined);
  return typeof value === 'string' && nationalId.test(value.toUpperCase()) ? value.toUpperCase() : undefined;
}

export interface ReadingContext {
  nationalIdKey: KeyObject;
  /** Code of the municipality that the person chose to sign in to. */
  municipality: string;
}

type Reader = (claims: Record<string, unknown>, context: ReadingContext) => Identifier[];

const readers: Record<ProviderKind, Reader> = {
  mpassid(claims) {
    const { learnerNumber, uid, providerOids } = readMpassid(claims);
    // The learner number first: it stays when the person moves, the uid does not.
    return [
      ...(learnerNumber ? [{ scheme: 'learner-number' as const, value: learnerNumber }] : []),
      ...(uid ? [{ scheme: 'mpass-uid' as const, value: uid, within: { oids: providerOids } }] : []),
    ];
  },
  suomifi(claims, { nationalIdKey }) {
    const value = nationalIdOf(claims);
    return value === undefined ? [] : [{ scheme: 'hetu-hash', value: hashNationalId(nationalIdKey, value) }];
  },
  staff(claims, { municipality }) {
    const username = claims['preferred_username'];
    const own = claims[municipalityClaim] ?? municipality;
    if (typeof username !== 'string' || username === '' || username.length > 255 || own !== municipality) return [];
    return [{ scheme: 'username', value: username, within: { code: municipality } }];
  },
  vendor(claims, { municipality }) {
    const username = claims['preferred_username'];
    if (typeof username !== 'string' || username === '' || username.length > 255) return [];
    return [{ scheme: 'vendor-username', value: username, within: { code: municipality } }];
  },
};

/** Which names the provider vouches for, strongest first; none when the claims carry nothing that we trust. */
export function identifiersFrom(
  kind: ProviderKind,
  claims: Record<string, unknown>,
  context: ReadingContext,
): Identifier[] {
  return readers[kind](claims, context);
}

/** A municipality's own provider says nothing about persons elsewhere; the national ones speak for all. */
export function speaksFor(kind: ProviderKind, municipality: string): string | undefined {
  return kind === 'staff' || kind === 'vendor' ? municipality : undefined;
}
