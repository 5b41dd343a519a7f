import type { Tx } from '../db/index.ts';
import { type Id, nodeHash, rootOf } from '../kernel/index.ts';
import { readTile } from './tile-store.ts';
import { tileWidth } from './tiles.ts';

/** Reads roots and proofs out of the stored tiles; each tile is fetched once. */
export interface TreeReader {
  /** RFC 6962 §2.1.1 */
  inclusion(leaf: number, size: number): Promise<Buffer[]>;
  /** RFC 6962 §2.1.2 */
  consistency(first: number, second: number): Promise<Buffer[]>;
  root(size: number): Promise<Buffer>;
}

export function createTreeReader(tx: Tx, municipality: Id): TreeReader {
  const tiles = new Map<string, Promise<Buffer[]>>();
  const tile = (level: number, number: number): Promise<Buffer[]> => {
    const key = `${level}/${number}`;
    const known = tiles.get(key) ?? readTile(tx, municipality, { level, number });
    tiles.set(key, known);
    return known;
  };

  /** Root of the leaves from..to; a perfect, aligned subtree comes out of one tile. */
  async function range(from: number, to: number): Promise<Buffer> {
    const width = to - from;
    if (Number.isInteger(Math.log2(width)) && from % width === 0) {
      const level = Math.floor(Math.log2(width) / 8);
      const unit = tileWidth ** level;
      const hashes = await tile(level, Math.floor(from / (unit * tileWidth)));
      const start = (from / unit) % tileWidth;
      return rootOf(hashes.slice(start, start + width / unit));
    }
    const middle = from + largestPowerBelow(width);
    return nodeHash(await range(from, middle), await range(middle, to));
  }

  async function path(leaf: number, from: number, to: number): Promise<Buffer[]> {
    if (to - from <= 1) return [];
    const middle = from + largestPowerBelow(to - from);
    return leaf < middle
      ? [...(await path(leaf, from, middle)), await range(middle, to)]
      : [...(await path(leaf, middle, to)), await range(from, middle)];
  }

  async function subproof(size: number, at: { from: number; to: number; whole: boolean }): Promise<Buffer[]> {
    const { from, to, whole } = at;
    if (size === to) return whole ? [] : [await range(from, to)];
    const middle = from + largestPowerBelow(to - from);
    return size <= middle
      ? [...(await subproof(size, { from, to: middle, whole })), await range(middle, to)]
      : [...(await subproof(size, { from: middle, to, whole: false })), await range(from, middle)];
  }

  return {
    inclusion: (leaf, size) => path(leaf, 0, size),
    consistency: (first, second) => subproof(first, { from: 0, to: second, whole: true }),
    root: (size) => (size === 0 ? Promise.resolve(rootOf([])) : range(0, size)),
  };
}

function largestPowerBelow(count: number): number {
  let power = 1;
  while (power * 2 < count) power *= 2;
  return power;
}
