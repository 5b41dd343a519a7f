import type { Tx } from '../db/index.ts';
import type { Id } from '../kernel/index.ts';
import { type ChainColumns, chainsBefore } from './chain-store.ts';
import { audiencesIn, type ChainEnds, goOn, placesAfter } from './chains.ts';
import { type ChainPlaces, hashBytes, type LoggedEvent } from './leaves.ts';

/** What the log has filed under a person about one event. */
export interface FiledEvent {
  position: number;
  leaf: number;
  /** Place of the person among the event's subjects. */
  place: number;
  places: ChainPlaces;
  /** Sub-leaves of all subjects of the event, one behind the other. */
  subLeaves: Buffer;
  /** Null once the person's key is destroyed. */
  salt: Buffer | null;
}

interface FiledRow extends ChainColumns {
  person_id: Id;
  first_leaf: number;
  positions: number[];
  places: number[];
  /** The person's own sub-leaves of the run. */
  own: Buffer;
  salt: Buffer | null;
}

const ownLeaves = `(select string_agg(substring(b.sub_leaves from s.places[i * 3 + 2] * ${hashBytes} + 1 for ${hashBytes}), ''::bytea order by i)
    from generate_series(0, cardinality(s.positions) - 1) i)`;

/** Bigint arrays as text of numbers: the driver would hand out texts. */
const filedRows = `select s.person_id, s.first_leaf, s.positions::float8[] as positions, s.places, s.guardian_n, s.learner_n, s.officer_n,
    s.links, ${ownLeaves} as own, k.salt
  from audit_subject s
  join audit_batch b on b.municipality_id = $1 and b.first_leaf = s.first_leaf and b.at = s.at
  left join audit_subject_key k on k.municipality_id = $1 and k.person_id = s.person_id`;

/** Undefined while the tree has not reached the event, or when it does not concern the person. */
export async function filedEvent(
  tx: Tx,
  at: { municipality: Id; position: number; person: Id },
): Promise<FiledEvent | undefined> {
  const rows = await tx.query<FiledRow>({
    name: 'audit-filed',
    text: `${filedRows} where s.municipality_id = $1 and s.person_id = $2 and $3::bigint = any(s.positions)`,
    values: [at.municipality, at.person, at.position],
  });
  const [found] = await withSubLeaves(tx, at.municipality, rows, ({ position }) => position === at.position);
  return found;
}

/** Everything that is filed under the person. */
export async function filedEvents(tx: Tx, at: { municipality: Id; person: Id }): Promise<FiledEvent[]> {
  const rows = await tx.query<FiledRow>({
    name: 'audit-filed-all',
    text: `${filedRows} where s.municipality_id = $1 and s.person_id = $2 order by s.first_leaf`,
    values: [at.municipality, at.person],
  });
  return withSubLeaves(tx, at.municipality, rows, () => true);
}

async function withSubLeaves(
  tx: Tx,
  municipality: Id,
  rows: readonly FiledRow[],
  isWanted: (one: Replayed) => boolean,
): Promise<FiledEvent[]> {
  const wanted = rows.flatMap((row) =>
    replay(row)
      .filter(isWanted)
      .map((one) => ({ ...one, firstLeaf: row.first_leaf, salt: row.salt })),
  );
  const slices = await tx.query<{ start: number; bytes: Buffer }>({
    name: 'audit-sub-leaves',
    text: `select b.starts[w.event + 1] as start,
        substring(b.sub_leaves from b.starts[w.event + 1] * ${hashBytes} + 1 for (b.starts[w.event + 2] - b.starts[w.event + 1]) * ${hashBytes}) as bytes
      from unnest($2::bigint[], $3::int[]) with ordinality w (first_leaf, event, number)
      join audit_batch b on b.municipality_id = $1 and b.first_leaf = w.first_leaf
      order by w.number`,
    values: [municipality, wanted.map(({ firstLeaf }) => firstLeaf), wanted.map(({ event }) => event)],
  });
  return wanted.map(({ position, firstLeaf, event, spot, places, salt }, index) => {
    const { start, bytes } = slices[index]!;
    return { position, leaf: firstLeaf + event, place: spot - start, places, subLeaves: bytes, salt };
  });
}

export interface Replayed {
  position: number;
  /** Number of the event in the run, and of the person's sub-leaf. */
  event: number;
  spot: number;
  places: ChainPlaces;
}

/** The places that the person's events of a run took in the chains. */
export function replay(row: ChainColumns & { positions: number[]; places: number[]; own: Buffer }): Replayed[] {
  let ends: ChainEnds = chainsBefore(row);
  return row.positions.map((position, index) => {
    const [event, spot, bits] = row.places.slice(index * 3, index * 3 + 3) as [number, number, number];
    const whose = audiencesIn(bits);
    const places = placesAfter(ends, whose);
    ends = goOn(ends, whose, row.own.toString('latin1', index * hashBytes, (index + 1) * hashBytes));
    return { position, event, spot, places };
  });
}

/** Everything that a run filed under anybody. */
export async function filedInRun(tx: Tx, municipality: Id, firstLeaf: number): Promise<FiledRow[]> {
  return tx.query<FiledRow>({
    name: 'audit-filed-run',
    text: `${filedRows} where s.municipality_id = $1 and b.first_leaf = $2`,
    values: [municipality, firstLeaf],
  });
}

export async function eventsAt(tx: Tx, municipality: Id, positions: readonly number[]): Promise<LoggedEvent[]> {
  return tx.query<LoggedEvent>({
    name: 'audit-events-at',
    text: 'select * from audit_event where municipality_id = $1 and position = any($2::bigint[])',
    values: [municipality, positions],
  });
}
