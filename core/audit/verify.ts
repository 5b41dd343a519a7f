import { createHash, createPublicKey, type KeyObject, verify as verifySignature } from 'node:crypto';

/**
 * The stand-alone verifier: one file, nothing but Node. It repeats the few rules that it needs (RFC 6962 hashes, RFC 8785
 * JSON, C2SP signed notes, RFC 7515 JWS) instead of importing ours, so that who checks the platform need not trust it.
 */

export interface ProofJson {
  index: number;
  size: number;
  hashes: string[];
}

export interface EvidenceJson {
  event: Record<string, unknown>;
  subject: Record<string, unknown>;
  subjectProof: ProofJson;
  logProof: ProofJson;
  checkpoint: string;
}

export interface VerifiedEvidence {
  event: Record<string, unknown>;
  subject: Record<string, unknown>;
  checkpoint: { origin: string; size: number; root: Buffer };
}

/** What does not hold, in words. */
export class NotVerified extends Error {
  override readonly name = 'NotVerified';
}

/** Checks that the event is in the log that the checkpoint signs, and that it concerned the person in the way it says. */
export function verifyEvidence(evidence: EvidenceJson, publicKey: KeyObject | string): VerifiedEvidence {
  const checkpoint = openCheckpoint(evidence.checkpoint, asKey(publicKey));
  const subLeaf = leafHash(canonical(evidence.subject));
  const subjectsRoot = Buffer.from(String(evidence.event['subjects']), 'hex');
  checkInclusion(subLeaf, evidence.subjectProof, {
    root: subjectsRoot,
    what: 'The person is not among those whom the event names.',
  });
  if (evidence.subject['position'] !== evidence.event['position']) fail('The person belongs to another event.');
  if (evidence.logProof.size !== checkpoint.size) fail('The proof is for another size of the log than the checkpoint.');
  const leaf = leafHash(canonical(evidence.event));
  checkInclusion(leaf, evidence.logProof, {
    root: checkpoint.root,
    what: 'The event is not in the log that was signed.',
  });
  return { event: evidence.event, subject: evidence.subject, checkpoint };
}

export interface VerifiedReceipt extends VerifiedEvidence {
  receipt: Record<string, unknown>;
}

/** Checks a receipt: the platform's signature, and the evidence that it carries. */
export function verifyReceipt(jws: string, publicKey: KeyObject | string): VerifiedReceipt {
  const [header = '', payload = '', signature = '', ...rest] = jws.trim().split('.');
  if (rest.length > 0 || jws.length > 1_000_000) fail('This is no receipt.');
  const { alg, typ } = readJson(header);
  if (alg !== 'EdDSA' || typ !== 'consent-receipt+jwt') fail('This is no receipt of this platform.');
  const key = asKey(publicKey);
  if (!verifySignature(null, Buffer.from(`${header}.${payload}`), key, Buffer.from(signature, 'base64url')))
    fail('The signature of the receipt does not hold.');
  const receipt = readJson(payload);
  const evidence = verifyEvidence(receipt['evidence'] as EvidenceJson, key);
  checkSameAct(receipt, evidence);
  return { receipt, ...evidence };
}

/** The receipt says what the log says. */
function checkSameAct(receipt: Record<string, unknown>, { event, subject }: VerifiedEvidence): void {
  const { plugin, purpose, revision, action, principal } = receipt['act'] as Record<string, unknown>;
  const isSame =
    event['plugin'] === plugin &&
    event['purpose'] === purpose &&
    event['revision'] === revision &&
    event['action'] === action &&
    subject['person'] === principal;
  if (!isSame) fail('The receipt says something else than the log.');
}

/** The checkpoint of a log: origin, size and root, signed with this key. */
export function openCheckpoint(note: string, publicKey: KeyObject): VerifiedEvidence['checkpoint'] {
  const border = note.indexOf('\n\n');
  const text = note.slice(0, border + 1);
  const [origin = '', size = '', root = '', ...rest] = text.split('\n');
  const isSigned = signaturesOn(note).some(({ name, id, signature }) => {
    const isOurs = id.equals(keyId(name, 1, publicKey));
    return isOurs && signature.length === 64 && verifySignature(null, Buffer.from(text), publicKey, signature);
  });
  if (border < 0 || !isSigned) fail('No signature of this key is on the checkpoint.');
  if (!/^(0|[1-9][0-9]{0,15})$/.test(size) || rest.length > 1) fail('The checkpoint has no size.');
  return { origin, size: Number(size), root: Buffer.from(root, 'base64') };
}

export interface NoteSignature {
  name: string;
  /** First four bytes of the key's hash (C2SP signed-note). */
  id: Buffer;
  signature: Buffer;
}

/** The signature lines of a note, each in the one spelling that it has. */
export function signaturesOn(note: string): NoteSignature[] {
  const lines = note.slice(note.indexOf('\n\n') + 2).split('\n');
  if (lines.pop() !== '' || lines.length === 0) fail('The checkpoint does not end as a signed note does.');
  return lines.map((line) => {
    const [, name = '', encoded = ''] = /^— (\S+) (\S+)$/u.exec(line) ?? [];
    const bytes = Buffer.from(encoded, 'base64');
    if (bytes.length < 5 || bytes.toString('base64') !== encoded) fail('A signature of the checkpoint was changed.');
    return { name, id: bytes.subarray(0, 4), signature: bytes.subarray(4) };
  });
}

/** When the witness cosigned this checkpoint (C2SP tlog-cosignature), or undefined when it did not. */
export function cosignedBy(
  note: string,
  { name, publicKey }: { name: string; publicKey: KeyObject },
): Date | undefined {
  const text = note.slice(0, note.indexOf('\n\n') + 1);
  for (const { name: signer, id, signature } of signaturesOn(note)) {
    if (signer !== name || !id.equals(keyId(name, 4, publicKey)) || signature.length !== 72) continue;
    const seconds = Number(signature.readBigUInt64BE(0));
    const said = Buffer.from(`cosignature/v1\ntime ${seconds}\n${text}`);
    if (verifySignature(null, said, publicKey, signature.subarray(8))) return new Date(seconds * 1000);
  }
  return undefined;
}

/** @param kind 1 for Ed25519, 4 for timestamped Ed25519 cosignatures (C2SP signed-note, tlog-cosignature). */
export function keyId(name: string, kind: number, publicKey: KeyObject): Buffer {
  const raw = Buffer.from(publicKey.export({ format: 'jwk' }).x ?? '', 'base64url');
  return createHash('sha256')
    .update(`${name}\n`)
    .update(Buffer.from([kind]))
    .update(raw)
    .digest()
    .subarray(0, 4);
}

function checkInclusion(leaf: Buffer, proof: ProofJson, against: { root: Buffer; what: string }): void {
  const { index, size, hashes } = proof;
  const isPlace = Number.isSafeInteger(index) && Number.isSafeInteger(size) && index >= 0 && index < size;
  if (!isPlace || hashes.length > 64) fail(against.what);
  let position = index;
  let last = size - 1;
  let hash = leaf;
  for (const encoded of hashes) {
    const sibling = Buffer.from(encoded, 'base64');
    if (last === 0) fail(against.what);
    const isRight = position % 2 === 1 || position === last;
    hash = isRight ? nodeHash(sibling, hash) : nodeHash(hash, sibling);
    while (isRight && position % 2 === 0 && position !== 0) {
      position = Math.floor(position / 2);
      last = Math.floor(last / 2);
    }
    position = Math.floor(position / 2);
    last = Math.floor(last / 2);
  }
  if (last !== 0 || !hash.equals(against.root)) fail(against.what);
}

export function leafHash(text: string): Buffer {
  return createHash('sha256')
    .update(Buffer.from([0]))
    .update(text)
    .digest();
}

export function nodeHash(left: Uint8Array, right: Uint8Array): Buffer {
  return createHash('sha256')
    .update(Buffer.from([1]))
    .update(left)
    .update(right)
    .digest();
}

/** RFC 8785 */
export function canonical(value: unknown): string {
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  const members = Object.entries(value as Record<string, unknown>)
    .filter(([, member]) => member !== undefined)
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([name, member]) => `${JSON.stringify(name)}:${canonical(member)}`);
  return `{${members.join(',')}}`;
}

function readJson(encoded: string): Record<string, unknown> {
  try {
    return JSON.parse(Buffer.from(encoded, 'base64url').toString('utf8')) as Record<string, unknown>;
  } catch {
    return fail('This is no receipt.');
  }
}

function asKey(key: KeyObject | string): KeyObject {
  return typeof key === 'string' ? createPublicKey(key) : key;
}

function fail(why: string): never {
  throw new NotVerified(why);
}
