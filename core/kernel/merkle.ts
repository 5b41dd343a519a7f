import { hash } from 'node:crypto';

/** Merkle tree of RFC 6962 §2.1 with SHA-256. All hashes are 32-byte Buffers. */

const hashBytes = 32;

export function leafHash(leaf: Uint8Array | string): Buffer {
  return digest(typeof leaf === 'string' ? `\0${leaf}` : Buffer.concat([leafMark, leaf]));
}

export function nodeHash(left: Uint8Array, right: Uint8Array): Buffer {
  node.set(left, 1);
  node.set(right, 1 + hashBytes);
  return digest(node);
}

const leafMark = Buffer.from([0]);
/** Mark, left and right; hashing is synchronous, so that one serves all. */
const node = Buffer.alloc(1 + 2 * hashBytes, 1);

/** Node's own Buffer answer costs six times as much as text that becomes one. */
function digest(bytes: Uint8Array | string): Buffer {
  return Buffer.from(hash('sha256', bytes, 'binary'), 'latin1');
}

/** Largest power of two below n (n ≥ 2). */
function split(n: number): number {
  let k = 1;
  while (k * 2 < n) k *= 2;
  return k;
}

/** Root of leaf hashes; the empty tree's root is SHA-256 of nothing. */
export function rootOf(leaves: readonly Uint8Array[]): Buffer {
  return rootOfRun(Buffer.concat(leaves));
}

/** The same of hashes that lie one behind the other. */
export function rootOfRun(hashes: Buffer): Buffer {
  let count = hashes.length / hashBytes;
  if (count === 0) return digest('');
  const level = Buffer.from(hashes);
  // Pairing neighbours level by level, an odd one out rising as it is, gives the tree of RFC 6962.
  for (; count > 1; count = Math.ceil(count / 2)) {
    for (let pair = 0; pair * 2 < count; pair += 1) {
      const left = pair * 2 * hashBytes;
      if (pair * 2 + 1 === count) level.copy(level, pair * hashBytes, left, left + hashBytes);
      else {
        level.copy(node, 1, left, left + 2 * hashBytes);
        level.write(hash('sha256', node, 'binary'), pair * hashBytes, hashBytes, 'latin1');
      }
    }
  }
  return level.subarray(0, hashBytes);
}

function subtree(leaves: readonly Uint8Array[], from: number, to: number): Buffer {
  return rootOf(leaves.slice(from, to));
}

/** Audit path of the leaf at `index` in a tree of `leaves` (RFC 6962 §2.1.1). */
export function inclusionProof(leaves: readonly Uint8Array[], index: number): Buffer[] {
  if (index < 0 || index >= leaves.length) throw new RangeError(`No leaf ${index} in a tree of ${leaves.length}.`);
  return path(leaves, { index, from: 0, to: leaves.length });
}

function path(leaves: readonly Uint8Array[], at: { index: number; from: number; to: number }): Buffer[] {
  const { index, from, to } = at;
  if (to - from <= 1) return [];
  const middle = from + split(to - from);
  return index < middle
    ? [...path(leaves, { index, from, to: middle }), subtree(leaves, middle, to)]
    : [...path(leaves, { index, from: middle, to }), subtree(leaves, from, middle)];
}

/** Proof that the tree of the first `size` leaves is a prefix of the whole (RFC 6962 §2.1.2). */
export function consistencyProof(leaves: readonly Uint8Array[], size: number): Buffer[] {
  if (size <= 0 || size > leaves.length) throw new RangeError(`No tree of ${size} in a tree of ${leaves.length}.`);
  return subproof(leaves, { size, from: 0, to: leaves.length, complete: true });
}

function subproof(
  leaves: readonly Uint8Array[],
  at: { size: number; from: number; to: number; complete: boolean },
): Buffer[] {
  const { size, from, to, complete } = at;
  if (size === to) return complete ? [] : [subtree(leaves, from, to)];
  const middle = from + split(to - from);
  return size <= middle
    ? [...subproof(leaves, { ...at, to: middle }), subtree(leaves, middle, to)]
    : [...subproof(leaves, { ...at, from: middle, complete: false }), subtree(leaves, from, middle)];
}

export interface InclusionClaim {
  leaf: Uint8Array;
  index: number;
  size: number;
  proof: readonly Uint8Array[];
  root: Uint8Array;
}

/** Whether the leaf hash is at `index` in the tree with this root (RFC 9162 §2.1.3.2). */
export function verifyInclusion({ leaf, index, size, proof, root }: InclusionClaim): boolean {
  if (index < 0 || index >= size) return false;
  let fn = index;
  let sn = size - 1;
  let hash: Uint8Array = leaf;
  for (const sibling of proof) {
    if (sn === 0) return false;
    if (fn % 2 === 1 || fn === sn) {
      hash = nodeHash(sibling, hash);
      while (fn % 2 === 0 && fn !== 0) {
        fn = Math.floor(fn / 2);
        sn = Math.floor(sn / 2);
      }
    } else {
      hash = nodeHash(hash, sibling);
    }
    fn = Math.floor(fn / 2);
    sn = Math.floor(sn / 2);
  }
  return sn === 0 && Buffer.compare(hash, root) === 0;
}

export interface ConsistencyClaim {
  first: { size: number; root: Uint8Array };
  second: { size: number; root: Uint8Array };
  proof: readonly Uint8Array[];
}

/** Whether the first tree is a prefix of the second (RFC 9162 §2.1.4.2). */
export function verifyConsistency({ first, second, proof }: ConsistencyClaim): boolean {
  if (first.size === second.size) return proof.length === 0 && Buffer.compare(first.root, second.root) === 0;
  if (first.size <= 0 || first.size > second.size || proof.length === 0) return false;
  const isPowerOfTwo = Number.isInteger(Math.log2(first.size));
  const hashes = isPowerOfTwo ? [first.root, ...proof] : [...proof];
  let fn = first.size - 1;
  let sn = second.size - 1;
  while (fn % 2 === 1) {
    fn = Math.floor(fn / 2);
    sn = Math.floor(sn / 2);
  }
  let firstHash = hashes[0]!;
  let secondHash = hashes[0]!;
  for (const hash of hashes.slice(1)) {
    if (sn === 0) return false;
    if (fn % 2 === 1 || fn === sn) {
      firstHash = nodeHash(hash, firstHash);
      secondHash = nodeHash(hash, secondHash);
      while (fn % 2 === 0 && fn !== 0) {
        fn = Math.floor(fn / 2);
        sn = Math.floor(sn / 2);
      }
    } else {
      secondHash = nodeHash(secondHash, hash);
    }
    fn = Math.floor(fn / 2);
    sn = Math.floor(sn / 2);
  }
  return sn === 0 && Buffer.compare(firstHash, first.root) === 0 && Buffer.compare(secondHash, second.root) === 0;
}
