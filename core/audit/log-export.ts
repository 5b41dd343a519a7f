import type { Tx } from '../db/index.ts';
import type { Id } from '../kernel/index.ts';
import { hashesIn } from './evidence.ts';
import { eventsAt, filedInRun, replay } from './filed-store.ts';
import { type ChainPlaces, eventRecord, type LoggedEvent, subjectRecord } from './leaves.ts';
import { readTile } from './tile-store.ts';
import { tileWidth } from './tiles.ts';
import type { ExportedLeaf, ExportedLog } from './verify-log.ts';

/** The municipality's whole log as it is stored now, in the form that the stand-alone verifier reads. */
export async function exportLog(tx: Tx, municipality: Id): Promise<ExportedLog> {
  const checkpoints = await tx.query<{ note: string }>({
    text: `select c.note || coalesce((select string_agg(s.line, '' order by s.witness) from audit_cosignature s
        where s.municipality_id = $1 and s.size = c.size), '') as note
      from audit_checkpoint c where c.municipality_id = $1 order by c.size`,
    values: [municipality],
  });
  const stray = await tx.query<{ position: number }>({ text: strayRows, values: [municipality] });
  return {
    leaves: leavesOf(tx, municipality),
    checkpoints: checkpoints.map(({ note }) => note),
    strayPositions: stray.map(({ position }) => position),
  };
}

/** The same as lines of JSON, the first with the checkpoints: what `digione audit verify` reads. */
export async function* logLines(tx: Tx, municipality: Id): AsyncGenerator<string> {
  const { leaves, checkpoints, strayPositions } = await exportLog(tx, municipality);
  yield `${JSON.stringify({ kind: 'digione-log', v: 1, checkpoints, strayPositions })}\n`;
  for await (const leaf of leaves) yield `${JSON.stringify(leaf)}\n`;
}

/** Below the settled mark every row is in a batch. */
const strayRows = `select e.position from audit_event e join audit_head h on h.municipality_id = $1
  where e.municipality_id = $1 and e.position <= h.settled and not exists (
    select from audit_batch b where b.municipality_id = $1 and b.max_position >= e.position and b.min_position <= e.position
      and e.position = any(b.positions))
  order by e.position limit 1000`;

interface BatchRow {
  first_leaf: number;
  positions: number[];
  starts: number[];
  sub_leaves: Buffer;
}

async function* leavesOf(tx: Tx, municipality: Id): AsyncGenerator<ExportedLeaf> {
  const tiles = createTileHashes(tx, municipality);
  let next = 0;
  for (;;) {
    const [batch] = await tx.query<BatchRow>({
      name: 'audit-export-batch',
      text: `select first_leaf, positions::float8[] as positions, starts, sub_leaves from audit_batch
        where municipality_id = $1 and first_leaf >= $2 order by first_leaf limit 1`,
      values: [municipality, next],
    });
    const until = batch?.first_leaf ?? (await sizeOf(tx, municipality));
    // Leaves of months that are gone: their hashes are all that is left.
    for (; next < until; next += 1) yield { leaf: next, subjects: [], tileHash: await tiles.at(next) };
    if (!batch) return;
    for await (const leaf of batchLeaves(tx, municipality, batch))
      yield { ...leaf, tileHash: await tiles.at(leaf.leaf) };
    next = batch.first_leaf + batch.positions.length;
  }
}

async function sizeOf(tx: Tx, municipality: Id): Promise<number> {
  const [head] = await tx.query<{ size: number }>({
    text: 'select size from audit_head where municipality_id = $1',
    values: [municipality],
  });
  return head?.size ?? 0;
}

function createTileHashes(tx: Tx, municipality: Id) {
  let tile: { number: number; hashes: Buffer[] } | undefined;
  return {
    async at(leaf: number): Promise<string> {
      const number = Math.floor(leaf / tileWidth);
      if (tile?.number !== number) tile = { number, hashes: await readTile(tx, municipality, { level: 0, number }) };
      return (tile.hashes[leaf % tileWidth] ?? Buffer.alloc(0)).toString('base64');
    },
  };
}

interface FiledSubject {
  person: Id;
  places: ChainPlaces;
  salt: Buffer | null;
}

async function* batchLeaves(tx: Tx, municipality: Id, batch: BatchRow): AsyncGenerator<Omit<ExportedLeaf, 'tileHash'>> {
  const events = await eventsAt(tx, municipality, batch.positions);
  const byPosition = new Map(events.map((event) => [event.position, event]));
  const bySpot = new Map<number, FiledSubject>();
  for (const row of await filedInRun(tx, municipality, batch.first_leaf))
    for (const { spot, places } of replay(row)) bySpot.set(spot, { person: row.person_id, places, salt: row.salt });
  const subLeaves = hashesIn(batch.sub_leaves);
  for (const [index, position] of batch.positions.entries()) {
    const event = byPosition.get(position);
    const [from, to] = [batch.starts[index]!, batch.starts[index + 1]!];
    const subjects = subLeaves
      .slice(from, to)
      .map((leaf, place) => subjectOf({ leaf, place, filed: bySpot.get(from + place) }, event));
    yield {
      leaf: batch.first_leaf + index,
      position,
      ...(event && { event: withoutSubjects(event) }),
      subjects,
    };
  }
}

/** Their root is made from the sub-leaves by whoever verifies. */
function withoutSubjects(event: LoggedEvent): Record<string, unknown> {
  const { subjects: _root, ...record } = eventRecord(event, Buffer.alloc(0));
  return record;
}

/** What the rows say about the person now; without the key nobody can tell any more, and the hash stays. */
function subjectOf(
  { leaf, place, filed }: { leaf: Buffer; place: number; filed: FiledSubject | undefined },
  event: LoggedEvent | undefined,
): ExportedLeaf['subjects'][number] {
  const subLeaf = leaf.toString('base64');
  if (!event || !filed) return { subLeaf };
  if (!filed.salt) return { subLeaf, keyDestroyed: true };
  const { position } = event;
  const about = { position, person: event.subjects[place] ?? 'nobody', mask: event.masks[place] ?? 0 };
  return { subLeaf, record: { ...subjectRecord(about, filed.salt, filed.places) } };
}
