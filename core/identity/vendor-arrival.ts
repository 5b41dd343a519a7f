import type { Clock } from '../kernel/index.ts';
import type { Claims } from '../tokens/index.ts';
import type { VendorPersonStore } from './vendor-person-store.ts';

/**
 * People of vendors stand in no school register: the provider of vendors vouches for them. Whoever comes through it gets
 * the role that opens the vendors' desk, where the registry says for which vendor they work, if for any.
 */
export async function welcomeVendor(
  claims: Claims,
  { place, store, clock }: { place: string; store: VendorPersonStore; clock: Clock },
): Promise<void> {
  const username = claims['preferred_username'];
  if (typeof username !== 'string' || username === '' || username.length > 255) return;
  const givenName = textOf(claims['given_name']) ?? username.slice(0, 200);
  const familyName = textOf(claims['family_name']) ?? textOf(claims['name']) ?? username.slice(0, 200);
  await store.welcome({ place, username, givenName, familyName }, clock.today());
}

function textOf(claim: unknown): string | undefined {
  const text = typeof claim === 'string' ? claim.trim().slice(0, 200) : '';
  return text === '' ? undefined : text;
}
