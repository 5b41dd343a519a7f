import { createCipheriv, createDecipheriv, type KeyObject, randomBytes } from 'node:crypto';

/** Keys by their id. The first one seals; all of them open, so that a new key can be put in front while old values are sealed anew. */
export type VaultKeys = readonly { id: string; key: KeyObject }[];

export interface Sealed {
  keyId: string;
  /** Nonce (12 bytes), tag (16 bytes), then the text. */
  sealed: Buffer;
}

export interface Vault {
  /** `place` is bound to the value: sealed for one place, it opens at no other. */
  seal(place: string, text: string): Sealed;
  open(place: string, value: Sealed): string;
  /** The id of the key that seals now. */
  readonly current: string;
}

const nonceBytes = 12;
const tagBytes = 16;

/** AES-256-GCM (NIST SP 800-38D) with a random nonce for each value. */
export function createVault(keys: VaultKeys): Vault {
  const [current] = keys;
  if (!current) throw new RangeError('A vault needs at least one key.');
  return {
    current: current.id,
    seal(place, text) {
      const nonce = randomBytes(nonceBytes);
      const cipher = createCipheriv('aes-256-gcm', current.key, nonce).setAAD(Buffer.from(place));
      const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
      return { keyId: current.id, sealed: Buffer.concat([nonce, cipher.getAuthTag(), body]) };
    },
    open(place, { keyId, sealed }) {
      const found = keys.find(({ id }) => id === keyId);
      if (!found) throw new RangeError('The vault has no key with the id of the value.');
      const decipher = createDecipheriv('aes-256-gcm', found.key, sealed.subarray(0, nonceBytes), {
        authTagLength: tagBytes,
      });
      decipher.setAAD(Buffer.from(place)).setAuthTag(sealed.subarray(nonceBytes, nonceBytes + tagBytes));
      return decipher.update(sealed.subarray(nonceBytes + tagBytes), undefined, 'utf8') + decipher.final('utf8');
    },
  };
}
