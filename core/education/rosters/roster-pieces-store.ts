import { createHash } from 'node:crypto';
import { open } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import type { Database, Tx } from '../../db/index.ts';
import { refuse, type Id } from '../../kernel/index.ts';

/** Where received files wait: in the database, piece by piece, so that every server can work on them. */
export interface RosterPieces {
  /** Keeps the stream as it comes; what is too long, or breaks off, leaves nothing. */
  keep(roster: Roster, body: Readable): Promise<{ bytes: number; sha256: string }>;
  has(roster: Roster): Promise<boolean>;
  /** Writes the file to this server's disk, and checks that it is the one that was received. */
  toFile(roster: Roster, path: string): Promise<void>;
  remove(roster: Roster): Promise<void>;
}

interface Roster {
  municipality: Id;
  id: Id;
}

const pieceBytes = 2 ** 20;

export function rosterPieces(database: Database, mostBytes: number): RosterPieces {
  const inPlace = <T>({ municipality }: Roster, work: (tx: Tx) => Promise<T>) => database.inTenant(municipality, work);
  const remove = (roster: Roster): Promise<void> => inPlace(roster, (tx) => removePieces(tx, roster));
  return {
    remove,
    async has({ municipality, id }) {
      const text = 'select 1 from roster_piece where municipality_id = $1 and roster_id = $2 and number = 0';
      const found = await inPlace({ municipality, id }, (tx) => tx.query({ text, values: [municipality, id] }));
      return found.length > 0;
    },
    async keep(roster, body) {
      const digest = createHash('sha256');
      let bytes = 0;
      let number = 0;
      try {
        await inPlace(roster, (tx) => sweep(tx, roster.municipality));
        for await (const piece of piecesOf(body)) {
          bytes += piece.length;
          if (bytes > mostBytes) refuse('too-large', `A roster may have at most ${mostBytes / 1_000_000} MB.`);
          digest.update(piece);
          await inPlace(roster, (tx) => addPiece(tx, roster, { number, piece, most: mostPieces(mostBytes) }));
          number += 1;
        }
      } catch (error) {
        await remove(roster);
        throw error;
      }
      return { bytes, sha256: digest.digest('hex') };
    },
    async toFile(roster, path) {
      const digest = createHash('sha256');
      await using file = await open(path, 'wx', 0o600);
      for (let number = 0; ; number += 1) {
        const piece = await inPlace(roster, (tx) => readPiece(tx, roster, number));
        if (!piece) break;
        digest.update(piece);
        await file.writeFile(piece);
      }
      const sum = await inPlace(roster, (tx) => checksumOf(tx, roster));
      if (sum !== digest.digest('hex')) refuse('invalid', 'The file is not whole any more. Send it again.');
    },
  };
}

/** Pieces of one size, whatever the network cut. */
async function* piecesOf(body: Readable): AsyncGenerator<Buffer> {
  let waiting: Buffer[] = [];
  let length = 0;
  for await (const chunk of body as AsyncIterable<Buffer>) {
    waiting.push(chunk);
    length += chunk.length;
    while (length >= pieceBytes) {
      const all = Buffer.concat(waiting);
      yield all.subarray(0, pieceBytes);
      waiting = [all.subarray(pieceBytes)];
      length -= pieceBytes;
    }
  }
  if (length > 0) yield Buffer.concat(waiting);
}

/** A file that waits, and one on its way that will take its place. */
const mostPieces = (mostBytes: number): number => 2 * Math.ceil(mostBytes / pieceBytes);

async function addPiece(
  tx: Tx,
  { municipality, id }: Roster,
  { number, piece, most }: { number: number; piece: Buffer; most: number },
): Promise<void> {
  const added = await tx.query({
    name: 'roster-piece-add',
    text: `insert into roster_piece (municipality_id, roster_id, number, bytes) select $1, $2, $3, $4
      where (select count(*) from roster_piece where municipality_id = $1) < $5 returning number`,
    values: [municipality, id, number, piece, most],
  });
  if (added.length === 0)
    refuse('conflict', 'Other files of this municipality are on their way. Wait for them to end.');
}

async function readPiece(tx: Tx, { municipality, id }: Roster, number: number): Promise<Buffer | undefined> {
  const [found] = await tx.query<{ bytes: Buffer }>({
    name: 'roster-piece',
    text: 'select bytes from roster_piece where municipality_id = $1 and roster_id = $2 and number = $3',
    values: [municipality, id, number],
  });
  return found?.bytes;
}

async function checksumOf(tx: Tx, { municipality, id }: Roster): Promise<string | undefined> {
  const text = 'select sha256 from roster_load where municipality_id = $1 and id = $2';
  const [found] = await tx.query<{ sha256: string }>({ text, values: [municipality, id] });
  return found?.sha256;
}

export async function removePieces(tx: Tx, { municipality, id }: Roster): Promise<void> {
  const text = 'delete from roster_piece where municipality_id = $1 and roster_id = $2';
  await tx.query({ text, values: [municipality, id] });
}

/** What a server left behind that died while it received a file, or before it had cleared up. */
async function sweep(tx: Tx, municipality: Id): Promise<void> {
  await tx.query({
    text: `delete from roster_piece p where p.municipality_id = $1 and p.received_at < now() - interval '1 hour'
      and not exists (select from roster_load l where l.municipality_id = $1 and l.id = p.roster_id
        and l.state not in ('loaded', 'discarded'))`,
    values: [municipality],
  });
}
