import { createHash, createPublicKey, sign, verify } from 'node:crypto';
import type { NoteSigner, NoteVerifier } from './signed-note.ts';

/** Timestamped Ed25519 cosignatures of checkpoints (C2SP tlog-cosignature, cosignature/v1). */
const kind = 4;
const idBytes = 4;
const timeBytes = 8;

/** The signature line that a witness adds to a note whose text it has checked. */
export function cosign(text: string, { name, privateKey }: NoteSigner, at: Date): string {
  const seconds = Math.floor(at.getTime() / 1000);
  const time = Buffer.alloc(timeBytes);
  time.writeBigUInt64BE(BigInt(seconds));
  const signature = sign(null, cosigned(text, seconds), privateKey);
  const id = cosignerId({ name, publicKey: createPublicKey(privateKey) });
  return `— ${name} ${Buffer.concat([id, time, signature]).toString('base64')}\n`;
}

/** When the witness cosigned the text, or undefined when the line is not its cosignature. */
export function cosignedAt(text: string, line: string, witness: NoteVerifier): Date | undefined {
  const [, name, encoded = ''] = /^— (\S+) (\S+)\n?$/u.exec(line) ?? [];
  const bytes = Buffer.from(encoded, 'base64');
  if (name !== witness.name || !bytes.subarray(0, idBytes).equals(cosignerId(witness))) return undefined;
  if (bytes.length !== idBytes + timeBytes + 64) return undefined;
  const seconds = Number(bytes.readBigUInt64BE(idBytes));
  const isTheirs = verify(null, cosigned(text, seconds), witness.publicKey, bytes.subarray(idBytes + timeBytes));
  return isTheirs ? new Date(seconds * 1000) : undefined;
}

function cosigned(text: string, seconds: number): Buffer {
  return Buffer.from(`cosignature/v1\ntime ${seconds}\n${text}`);
}

function cosignerId({ name, publicKey }: NoteVerifier): Buffer {
  const { x = '' } = publicKey.export({ format: 'jwk' });
  return createHash('sha256')
    .update(`${name}\n`)
    .update(Buffer.from([kind]))
    .update(Buffer.from(x, 'base64url'))
    .digest()
    .subarray(0, idBytes);
}
