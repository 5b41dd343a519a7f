import type { Tx } from '../db/index.ts';
import type { Id } from '../kernel/index.ts';
import { arrayText } from './chain-store.ts';
import type { LoggedEvent } from './leaves.ts';

export interface Head {
  size: number;
  settled: number;
  /** How many keys of persons have been destroyed: what a node remembers of keys holds while this stays. */
  destroyed: number;
}

/** The head of the municipality's tree, locked; undefined while another node holds it. */
export async function readHead(tx: Tx, municipality: Id): Promise<Head | undefined> {
  const [, [head]] = await Promise.all([
    tx.query({
      name: 'audit-head-first',
      text: 'insert into audit_head (municipality_id) values ($1) on conflict do nothing',
      values: [municipality],
    }),
    tx.query<Head>({
      name: 'audit-head',
      text: `select size, settled, (select count(*) from audit_subject_key k where k.municipality_id = $1 and k.salt is null) as destroyed
        from audit_head where municipality_id = $1 for update skip locked`,
      values: [municipality],
    }),
  ]);
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
    // NOT IN, since it is asked row by row in the order of the index and stops at the limit, however long the tail has grown.
    text: `select e.position, (extract(epoch from e.at) * 1000)::float8 as at, e.action, e.decision, e.reason, e.school_id, e.plugin,
        e.version, e.purpose, e.actor_id, e.actor_role, array_to_json(e.elements)::text as elements,
        array_to_string(e.subjects, ' ') as subjects, array_to_string(e.masks, ' ') as masks, e.revision
      from audit_event e
      where e.municipality_id = $1 and e.position > $2 and e.position not in (
        select unnest(b.positions) from audit_batch b where b.municipality_id = $1 and b.max_position > $2)
      order by e.position limit $3`,
    values: [municipality, after, limit],
  });
  const elements = new Map<string, string[]>();
  return rows.map((row) => ({
    ...row,
    at: new Date(Math.floor(row.at)),
    elements: listIn(row.elements, elements),
    subjects: wordsIn(row.subjects),
    masks: wordsIn(row.masks).map(Number),
  }));
}

/** Times and arrays come in forms that are cheap to read: the driver reads PostgreSQL's own spelling letter by letter. */
type UnfiledRow = Omit<LoggedEvent, 'at' | 'elements' | 'subjects' | 'masks'> & {
  at: number;
  elements: string;
  subjects: string;
  masks: string;
};

function wordsIn(text: string): string[] {
  return text === '' ? [] : text.split(' ');
}

/** Many events have the same list. */
function listIn(text: string, known: Map<string, string[]>): string[] {
  const list = known.get(text) ?? (JSON.parse(text) as string[]);
  known.set(text, list);
  return list;
}

export interface Batch {
  firstLeaf: number;
  /** Of the newest event. */
  at: Date;
  positions: number[];
  starts: number[];
  subLeaves: Buffer;
}

export async function writeBatch(tx: Tx, municipality: Id, batch: Batch): Promise<void> {
  const { firstLeaf, at, positions, starts, subLeaves } = batch;
  await Promise.all([
    tx.query({
      name: 'audit-batch',
      text: `insert into audit_batch (municipality_id, first_leaf, at, positions, min_position, max_position, starts, sub_leaves)
        values ($1, $2, $3, $4, $5, $6, $7, $8)`,
      values: [
        municipality,
        firstLeaf,
        at,
        arrayText(positions),
        positions[0],
        positions.at(-1),
        arrayText(starts),
        subLeaves,
      ],
    }),
    tx.query({
      name: 'audit-head-grow',
      text: 'update audit_head set size = $2 where municipality_id = $1',
      values: [municipality, firstLeaf + positions.length],
    }),
  ]);
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
