import { createHash, createPublicKey, sign, verify, type KeyObject } from 'node:crypto';
import { Refusal } from './refusal.ts';

/** Signed notes as in C2SP signed-note, algorithm Ed25519 (0x01). Text must end in a newline. */

export interface NoteSigner {
  name: string;
  privateKey: KeyObject;
}

export interface NoteVerifier {
  name: string;
  publicKey: KeyObject;
}

function rawPublicKey(key: KeyObject): Buffer {
  const { x } = key.export({ format: 'jwk' });
  return Buffer.from(x!, 'base64url');
}

function keyHash(name: string, publicKey: KeyObject): Buffer {
  return createHash('sha256')
    .update(`${name}\n`)
    .update(Buffer.from([1]))
    .update(rawPublicKey(publicKey))
    .digest()
    .subarray(0, 4);
}

/** The note: text, an empty line, one signature line per signer. */
export function signNote(text: string, ...signers: NoteSigner[]): string {
  if (!text.endsWith('\n')) throw new TypeError('The text of a signed note ends in a newline.');
  const lines = signers.map(({ name, privateKey }) => {
    const publicKey = createPublicKey(privateKey);
    const signature = Buffer.concat([keyHash(name, publicKey), sign(null, Buffer.from(text), privateKey)]);
    return `— ${name} ${signature.toString('base64')}\n`;
  });
  return `${text}\n${lines.join('')}`;
}

/** The verified text and the names that signed it. Throws `signature-invalid` when no known key signed or a known one is forged. */
export function verifyNote(note: string, verifiers: readonly NoteVerifier[]): { text: string; signers: string[] } {
  const border = note.lastIndexOf('\n\n');
  if (border < 0 || note.length > 1_000_000) throw new Refusal('signature-invalid', 'This is not a signed note.');
  const text = note.slice(0, border + 1);
  const signers: string[] = [];
  for (const line of note.slice(border + 2).split('\n')) {
    const [, name, encoded] = /^— (\S+) (\S+)$/u.exec(line) ?? [];
    const verifier = verifiers.find((known) => known.name === name);
    if (!verifier || !encoded) continue;
    const signature = Buffer.from(encoded, 'base64');
    if (!signature.subarray(0, 4).equals(keyHash(verifier.name, verifier.publicKey))) continue;
    if (!verify(null, Buffer.from(text), verifier.publicKey, signature.subarray(4)))
      throw new Refusal('signature-invalid', `The signature of "${name}" on the note is forged.`);
    signers.push(verifier.name);
  }
  if (signers.length === 0) throw new Refusal('signature-invalid', 'The note carries no signature of a known key.');
  return { text, signers };
}
