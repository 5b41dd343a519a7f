import type { Tx } from '../db/index.ts';
import type { Id } from '../kernel/index.ts';
import { type Tile, tileWidth, type TreeEdge } from './tiles.ts';

const hashBytes = 32;
/** 256^7 leaves are more than a bigint of events can fill. */
const mostLevels = 7;

/** The growing tile of each level of a tree of this size. */
export async function readEdge(tx: Tx, municipality: Id, size: number): Promise<TreeEdge> {
  const levels = Array.from({ length: mostLevels }, (_, level) => level).filter((level) => size >= tileWidth ** level);
  const numbers = levels.map((level) => Math.floor(size / tileWidth ** (level + 1)));
  const rows = await tx.query<{ level: number; hashes: Buffer }>({
    name: 'audit-edge',
    text: `select t.level, t.hashes from unnest($2::int[], $3::bigint[]) as w (level, number)
      join audit_tile t on t.municipality_id = $1 and t.level = w.level and t.number = w.number`,
    values: [municipality, levels, numbers],
  });
  const growing = levels.map((level) =>
    splitHashes(rows.find((row) => row.level === level)?.hashes ?? Buffer.alloc(0)),
  );
  return { size, growing };
}

export async function readTile(
  tx: Tx,
  municipality: Id,
  { level, number }: { level: number; number: number },
): Promise<Buffer[]> {
  const [row] = await tx.query<{ hashes: Buffer }>({
    name: 'audit-tile',
    text: 'select hashes from audit_tile where municipality_id = $1 and level = $2 and number = $3',
    values: [municipality, level, number],
  });
  return splitHashes(row?.hashes ?? Buffer.alloc(0));
}

export async function writeTiles(tx: Tx, municipality: Id, tiles: readonly Tile[]): Promise<void> {
  await tx.query({
    name: 'audit-tiles-write',
    text: `insert into audit_tile (municipality_id, level, number, hashes)
      select $1, * from unnest($2::smallint[], $3::bigint[], $4::bytea[])
      on conflict (municipality_id, level, number) do update set hashes = excluded.hashes`,
    values: [
      municipality,
      tiles.map(({ level }) => level),
      tiles.map(({ number }) => number),
      tiles.map(({ hashes }) => Buffer.concat(hashes)),
    ],
  });
}

function splitHashes(bytes: Buffer): Buffer[] {
  return Array.from({ length: bytes.length / hashBytes }, (_, index) =>
    bytes.subarray(index * hashBytes, (index + 1) * hashBytes),
  );
}
