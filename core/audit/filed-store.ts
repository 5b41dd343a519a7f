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
  const [row] = await tx.query<FiledRow>({
    name: 'audit-filed',
    text: `${filedRows} where s.municipality_id = $1 and s.person_id = $2 and $3::bigint = any(s.positions)`,
    values: [at.municipality, at.person, at.position],
  });
  if (!row) return undefined;
  const wanted = replay(row).find(({ position }) => position === at.position)!;
  const subLeaves = await subLeavesOf(tx, at.municipality, { firstLeaf: row.first_leaf, event: wanted.event });
  const place = wanted.spot - subLeaves.start;
  return {
    position: at.position,
    leaf: row.first_leaf + wanted.event,
    place,
    places: wanted.places,
    subLeaves: subLeaves.bytes,
    salt: row.salt,
  };
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

async function subLeavesOf(
  tx: Tx,
  municipality: Id,
  { firstLeaf, event }: { firstLeaf: number; event: number },
): Promise<{ start: number; bytes: Buffer }> {
  const [row] = await tx.query<{ start: number; bytes: Buffer }>({
    name: 'audit-sub-leaves',
    text: `select starts[$3::int + 1] as start,
        substring(sub_leaves from starts[$3::int + 1] * ${hashBytes} + 1 for (starts[$3::int + 2] - starts[$3::int + 1]) * ${hashBytes}) as bytes
      from audit_batch where municipality_id = $1 and first_leaf = $2`,
    values: [municipality, firstLeaf, event],
  });
  return row!;
}

/** Everything that a run filed under anybody. */
export async function filedInRun(tx: Tx, municipality: Id, firstLeaf: number): Promise<FiledRow[]> {
  return tx.query<FiledRow>({
    name: 'audit-filed-run',
    text: `${filedRows} where s.municipality_id = $1 and b.first_leaf = $2`,
    values: [municipality, firstLeaf],
  });
}

export async function eventAt(tx: Tx, municipality: Id, position: number): Promise<LoggedEvent | undefined> {
  const [event] = await tx.query<LoggedEvent>({
    name: 'audit-event-at',
    text: 'select * from audit_event where municipality_id = $1 and position = $2',
    values: [municipality, position],
  });
  return event;
}
