import { createPublicKey, type KeyObject } from 'node:crypto';
import { refuse, sha256Hex } from '@digione/core/kernel';

export interface SigningKey {
  /** SHA-256 of the SubjectPublicKeyInfo, hex. */
  keyId: string;
  /** base64 of the SubjectPublicKeyInfo. */
  publicKey: string;
}

/** Reads an Ed25519 public key in PEM or in base64 of its SubjectPublicKeyInfo. */
export function readSigningKey(text: string): SigningKey {
  const key = parse(text);
  if (key?.asymmetricKeyType !== 'ed25519')
    refuse('invalid', 'A vendor key is an Ed25519 public key, in PEM or in base64 of its SubjectPublicKeyInfo.');
  const der = key.export({ type: 'spki', format: 'der' });
  return { keyId: sha256Hex(der), publicKey: der.toString('base64') };
}

export function toKeyObject({ publicKey }: Pick<SigningKey, 'publicKey'>): KeyObject {
  return createPublicKey({ key: Buffer.from(publicKey, 'base64'), format: 'der', type: 'spki' });
}

function parse(text: string): KeyObject | undefined {
  try {
    // a private key would be accepted and reduced to its public half: its owner must hear that it leaked
    if (text.includes('PRIVATE'))
      refuse('invalid', 'This is a private key. Send the public one, and replace this pair.');
    if (text.includes('BEGIN PUBLIC KEY')) return createPublicKey(text);
    return toKeyObject({ publicKey: text });
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'invalid') throw error;
    return undefined;
  }
}
