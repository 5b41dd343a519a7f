import { createPublicKey, sign, type KeyObject } from 'node:crypto';
import { Key, Signature } from '@tufjs/models';
import { canonicalJson, sha256Hex } from '@digione/core/kernel';

/** Signs for one key of a role. A hardware or off-line key is another implementation. */
export interface Signer {
  key: Key;
  sign(bytes: Buffer): Signature;
}

export function signerOf(privateKey: KeyObject): Signer {
  const { x } = createPublicKey(privateKey).export({ format: 'jwk' });
  const keyVal = { public: Buffer.from(x!, 'base64url').toString('hex') };
  const keyID = sha256Hex(canonicalJson({ keytype: 'ed25519', scheme: 'ed25519', keyval: keyVal }));
  return {
    key: new Key({ keyID, keyType: 'ed25519', scheme: 'ed25519', keyVal }),
    sign: (bytes) => new Signature({ keyID, sig: sign(null, bytes, privateKey).toString('hex') }),
  };
}
