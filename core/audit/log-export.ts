import type { Tx } from '../db/index.ts';
import type { Id } from '../kernel/index.ts';
import { placesIn } from './evidence.ts';
import { eventRecord, type LoggedEvent, subjectRecord } from './leaves.ts';
import { readTile } from './tile-store.ts';
import { tileWidth } from './tiles.ts';
import type { ExportedLeaf, ExportedLog } from './verify-log.ts';

/** The municipality's whole log as it is stored now, in the form that the stand-alone verifier reads. */
export async function exportLog(tx: Tx, municipality: Id): Promise<ExportedLog> {
  const checkpoints = await tx.query<{ note: string }>({
    text: 'select note from audit_checkpoint where municipality_id = $1 order by size',
    values: [municipality],
  });
  const stray = await tx.query<{ position: number }>({ text: strayRows, values: [municipality] });
  return {
    leaves: leavesOf(tx, municipality),
    checkpoints: checkpoints.map(({ note }) => note),
    strayPositions: stray.map(({ position }) => position),
  };
}

/** Below the settled mark every row is in a batch. */
const strayRows = `select e.position from audit_event e join audit_head h on h.municipality_id = $1
  where e.municipality_id = $1 and e.position <= h.settled and not exists (
    select from audit_batch b where b.municipality_id = $1 and b.max_position >= e.position and b.min_position <= e.position
      and e.position = any(b.positions))
  order by e.position limit 1000`;

async function* leavesOf(tx: Tx, municipality: Id): AsyncGenerator<ExportedLeaf> {
  for (let first = 0; ; ) {
    const [batch] = await tx.query<{ first_leaf: number; positions: number[] }>({
      name: 'audit-export-batch',
      text: `select first_leaf, positions::text[]::float8[] as positions from audit_batch
        where municipality_id = $1 and first_leaf >= $2 order by first_leaf limit 1`,
      values: [municipality, first],
    });
    if (!batch) return;
    yield* batchLeaves(tx, municipality, { firstLeaf: batch.first_leaf, positions: batch.positions });
    first = batch.first_leaf + batch.positions.length;
  }
}

interface SubjectRow {
  person_id: Id;
  position: number;
  place: number;
  sub_leaf: Buffer;
  previous: Buffer;
  guardian_n: number | null;
  learner_n: number | null;
  officer_n: number;
  salt: Buffer | null;
}

async function* batchLeaves(
  tx: Tx,
  municipality: Id,
  { firstLeaf, positions }: { firstLeaf: number; positions: number[] },
): AsyncGenerator<ExportedLeaf> {
  const events = await tx.query<LoggedEvent>({
    name: 'audit-export-events',
    text: 'select * from audit_event where municipality_id = $1 and position = any($2::bigint[])',
    values: [municipality, positions],
  });
  const subjects = await tx.query<SubjectRow>({
    name: 'audit-export-subjects',
    text: `select s.*, k.salt from audit_subject s
      left join audit_subject_key k on k.municipality_id = $1 and k.person_id = s.person_id
      where s.municipality_id = $1 and s.leaf between $2 and $3`,
    values: [municipality, firstLeaf, firstLeaf + positions.length - 1],
  });
  const byPosition = Map.groupBy(subjects, ({ position }) => position);
  let tile: { number: number; hashes: Buffer[] } | undefined;
  for (const [index, position] of positions.entries()) {
    const leaf = firstLeaf + index;
    const number = Math.floor(leaf / tileWidth);
    if (tile?.number !== number) tile = { number, hashes: await readTile(tx, municipality, { level: 0, number }) };
    const event = events.find((row) => row.position === position);
    yield {
      leaf,
      position,
      ...(event && { event: eventRecord(event, Buffer.alloc(0)) }),
      subjects: (byPosition.get(position) ?? []).sort((a, b) => a.place - b.place).map((row) => subjectOf(row, event)),
      tileHash: (tile.hashes[leaf % tileWidth] ?? Buffer.alloc(0)).toString('base64'),
    };
  }
}

/** What the row says about the person now; without the key nobody can tell any more, and the hash stays. */
function subjectOf(row: SubjectRow, event: LoggedEvent | undefined): ExportedLeaf['subjects'][number] {
  const said = { person: row.person_id, subLeaf: row.sub_leaf.toString('base64') };
  if (!row.salt || !event) return said;
  const about = {
    position: row.position,
    person: event.subjects[row.place] ?? 'nobody',
    mask: event.masks[row.place] ?? 0,
  };
  return { ...said, record: { ...subjectRecord(about, row.salt, placesIn(row)) } };
}
