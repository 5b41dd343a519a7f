import type { Tx } from '../db/index.ts';
import type { Id } from '../kernel/index.ts';
import type { LoggedEvent } from './leaves.ts';

export interface Head {
  size: number;
  settled: number;
}

/** The head of the municipality's tree, locked; undefined while another node holds it. */
export async function readHead(tx: Tx, municipality: Id): Promise<Head | undefined> {
  await tx.query({
    name: 'audit-head-first',
    text: 'insert into audit_head (municipality_id) values ($1) on conflict do nothing',
    values: [municipality],
  });
  const [head] = await tx.query<Head>({
    name: 'audit-head',
    text: 'select size, settled from audit_head where municipality_id = $1 for update skip locked',
    values: [municipality],
  });
  return head;
}

/** Committed events that are not in the tree yet, by position. */
export async function unfiledEvents(
  tx: Tx,
  municipality: Id,
  { after, limit }: { after: number; limit: number },
): Promise<LoggedEvent[]> {
  const rows = await tx.query<UnfiledRow>({
    name: 'audit-unfiled',
    // EXCEPT, since a join of the two is planned from old figures as a loop over all pairs.
    text: `with open as materialized (
        (select position from audit_event where municipality_id = $1 and position > $2
          except select unnest(b.positions) from audit_batch b where b.municipality_id = $1 and b.max_position > $2)
        order by position limit $3)
      select e.position, e.at, e.action, e.decision, e.reason, e.school_id, e.plugin, e.version, e.purpose, e.actor_id,
        e.actor_role, e.elements, array_to_string(e.subjects, ' ') as subjects, array_to_string(e.masks, ' ') as masks, e.revision
      from open join audit_event e on e.municipality_id = $1 and e.position = open.position
      order by e.position`,
    values: [municipality, after, limit],
  });
  return rows.map((row) => ({ ...row, subjects: wordsIn(row.subjects), masks: wordsIn(row.masks).map(Number) }));
}

/** Long arrays come as one text: the driver reads PostgreSQL's own spelling of them letter by letter. */
type UnfiledRow = Omit<LoggedEvent, 'subjects' | 'masks'> & { subjects: string; masks: string };

function wordsIn(text: string): string[] {
  return text === '' ? [] : text.split(' ');
}

export async function writeBatch(
  tx: Tx,
  municipality: Id,
  { firstLeaf, positions }: { firstLeaf: number; positions: number[] },
): Promise<void> {
  await tx.query({
    name: 'audit-batch',
    text: `insert into audit_batch (municipality_id, first_leaf, positions, min_position, max_position) values ($1, $2, $3, $4, $5)`,
    values: [municipality, firstLeaf, positions, positions[0], positions.at(-1)],
  });
  await tx.query({
    name: 'audit-head-grow',
    text: 'update audit_head set size = $2 where municipality_id = $1',
    values: [municipality, firstLeaf + positions.length],
  });
}

export async function settleTo(tx: Tx, municipality: Id, position: number): Promise<void> {
  await tx.query({
    name: 'audit-settle',
    text: 'update audit_head set settled = $2 where municipality_id = $1',
    values: [municipality, position],
  });
}

export interface Checkpoint {
  size: number;
  root: Buffer;
  /** C2SP signed note. */
  note: string;
  at: Date;
}

export async function writeCheckpoint(tx: Tx, municipality: Id, { size, root, note, at }: Checkpoint): Promise<void> {
  await tx.query({
    name: 'audit-checkpoint',
    text: 'insert into audit_checkpoint (municipality_id, size, root, note, at) values ($1, $2, $3, $4, $5)',
    values: [municipality, size, root, note, at],
  });
}

export async function newestCheckpoint(tx: Tx, municipality: Id): Promise<Checkpoint | undefined> {
  const [row] = await tx.query<Checkpoint>({
    name: 'audit-checkpoint-newest',
    text: 'select size, root, note, at from audit_checkpoint where municipality_id = $1 order by size desc limit 1',
    values: [municipality],
  });
  return row;
}
