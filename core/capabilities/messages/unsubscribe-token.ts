import type { Id } from '../../kernel/index.ts';
import type { Vault } from '../settings/vault.ts';

const place = 'unsubscribe';

/** Names a person to the switch for e-mail, and can be neither read nor made by anybody else. */
export function unsubscribeToken(vault: Vault, whose: { municipality: Id; person: Id }): string {
  const { keyId, sealed } = vault.seal(place, `${whose.municipality} ${whose.person}`);
  return `${keyId}.${sealed.toString('base64url')}`;
}

/** Undefined for what we have not made, to the letter: another text for the same bytes is another token. */
export function readUnsubscribeToken(vault: Vault, token: string): { municipality: Id; person: Id } | undefined {
  const [keyId = '', written = '', ...more] = token.split('.');
  const sealed = Buffer.from(written, 'base64url');
  if (more.length > 0 || sealed.toString('base64url') !== written) return undefined;
  try {
    const [municipality, person] = vault.open(place, { keyId, sealed }).split(' ');
    return municipality && person ? { municipality, person } : undefined;
  } catch {
    return undefined; // forged, or of a key that has gone
  }
}
