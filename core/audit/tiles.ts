import { rootOf } from '../kernel/index.ts';

/** Hashes per tile (C2SP tlog-tiles): a full tile is a perfect subtree of 256 leaves of its level. */
export const tileWidth = 256;

export interface Tile {
  level: number;
  number: number;
  hashes: Buffer[];
}

/** The right edge of a tree: of each level the tile that is still growing. */
export interface TreeEdge {
  size: number;
  /** growing[level]; shorter than tileWidth each. */
  growing: Buffer[][];
}

/** Appends leaf hashes and returns every tile that changed. */
export function growTree(edge: TreeEdge, leaves: readonly Buffer[]): { edge: TreeEdge; changed: Tile[] } {
  const growing = edge.growing.map((hashes) => [...hashes]);
  const changed = new Map<string, Tile>();
  const counts = growing.map((_, level) => Math.floor(edge.size / tileWidth ** (level + 1)));
  const push = (level: number, hash: Buffer): void => {
    growing[level] ??= [];
    counts[level] ??= 0;
    growing[level].push(hash);
    const number = counts[level];
    changed.set(`${level}/${number}`, { level, number, hashes: growing[level] });
    if (growing[level].length < tileWidth) return;
    const root = rootOf(growing[level]);
    growing[level] = [];
    counts[level] = number + 1;
    push(level + 1, root);
  };
  for (const leaf of leaves) push(0, leaf);
  return { edge: { size: edge.size + leaves.length, growing }, changed: [...changed.values()] };
}

/** RFC 6962 root from the right edge: complete subtrees of a level, then what is left below them. */
export function edgeRoot({ growing }: TreeEdge): Buffer {
  let below: Buffer | undefined;
  for (const hashes of growing) {
    const all = below ? [...hashes, below] : hashes;
    if (all.length > 0) below = rootOf(all);
  }
  return below ?? rootOf([]);
}
