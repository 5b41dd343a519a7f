import { createHash, hash } from 'node:crypto';

/** Merkle tree of RFC 6962 §2.1 with SHA-256. All hashes are 32-byte Buffers. */

const leafMark = Buffer.from([0]);
const nodeMark = Buffer.from([1]);

export function leafHash(leaf: Uint8Array): Buffer {
  return hash('sha256', Buffer.concat([leafMark, leaf]), 'buffer');
}

export function nodeHash(left: Uint8Array, right: Uint8Array): Buffer {
  return hash('sha256', Buffer.concat([nodeMark, left, right]), 'buffer');
}

/** Largest power of two below n (n ≥ 2). */
function split(n: number): number {
  let k = 1;
  while (k * 2 < n) k *= 2;
  return k;
}

/** Root of leaf hashes; the empty tree's root is SHA-256 of nothing. */
export function rootOf(leaves: readonly Uint8Array[]): Buffer {
  if (leaves.length === 0) return createHash('sha256').digest();
  return subtree(leaves, 0, leaves.length);
}

function subtree(leaves: readonly Uint8Array[], from: number, to: number): Buffer {
  if (to - from === 1) return Buffer.from(leaves[from]!);
  const middle = from + split(to - from);
  return nodeHash(subtree(leaves, from, middle), subtree(leaves, middle, to));
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
