import { createPublicKey, type KeyObject } from 'node:crypto';
import { consistencyProof, inclusionProof, refuse, rootOf, signNote } from '@digione/core/kernel';

/** Hashes per tile (C2SP tlog-tiles, height 8). */
export const tileWidth = 256;

export interface LogTreeOptions {
  /** Name of the log in its checkpoints. */
  origin: string;
  key: KeyObject;
  /** Committed leaf hashes from an index on. */
  leavesFrom: (index: number) => Promise<Buffer[]>;
}

export interface LogTree {
  /** Signed head of the log (C2SP tlog-checkpoint). */
  checkpoint(): Promise<string>;
  size(): Promise<number>;
  inclusion(
    index: number,
    size?: number,
  ): Promise<{ index: number; size: number; leaf: Buffer; root: Buffer; proof: Buffer[] }>;
  consistency(first: number, second: number): Promise<Buffer[]>;
  /** A tile's hashes one after another; `width` below 256 asks for the unfinished right edge. */
  tile(level: number, index: number, width: number): Promise<Buffer>;
  publicKey: KeyObject;
}

/** The tree over the log's leaves. Leaves never change, so those once read are kept. */
export function createLogTree({ origin, key, leavesFrom }: LogTreeOptions): LogTree {
  const known: Buffer[] = [];
  let head: { size: number; note: string } | undefined;

  async function leaves(): Promise<readonly Buffer[]> {
    const from = known.length;
    const fresh = await leavesFrom(from);
    // a second reader may have added the same leaves while this one waited
    for (const [offset, leaf] of fresh.entries()) known[from + offset] = leaf;
    return known;
  }

  return {
    publicKey: createPublicKey(key),
    async checkpoint() {
      const all = await leaves();
      if (head?.size !== all.length) {
        const text = `${origin}\n${all.length}\n${rootOf(all).toString('base64')}\n`;
        head = { size: all.length, note: signNote(text, { name: origin, privateKey: key }) };
      }
      return head.note;
    },
    size: async () => (await leaves()).length,
    async inclusion(index, size) {
      const tree = prefix(await leaves(), size);
      if (index >= tree.length) refuse('not-found', `The log of ${tree.length} entries has no entry ${index}.`);
      return { index, size: tree.length, leaf: tree[index]!, root: rootOf(tree), proof: inclusionProof(tree, index) };
    },
    async consistency(first, second) {
      const tree = prefix(await leaves(), second);
      if (first < 1 || first > second) refuse('invalid', 'Ask with 1 ≤ first ≤ second.');
      return consistencyProof(tree, first);
    },
    async tile(level, index, width) {
      return Buffer.concat(tileHashes(await leaves(), { level, index, width }));
    },
  };
}

function prefix(leaves: readonly Buffer[], size = leaves.length): readonly Buffer[] {
  if (size > leaves.length) refuse('not-found', `The log has ${leaves.length} entries, not yet ${size}.`);
  return size === leaves.length ? leaves : leaves.slice(0, size);
}

function tileHashes(leaves: readonly Buffer[], tile: { level: number; index: number; width: number }): Buffer[] {
  const span = tileWidth ** tile.level;
  const first = tile.index * tileWidth;
  if ((first + tile.width) * span > leaves.length) refuse('not-found', 'The log has no such tile yet.');
  return Array.from({ length: tile.width }, (_, offset) => {
    const start = (first + offset) * span;
    return rootOf(leaves.slice(start, start + span));
  });
}
