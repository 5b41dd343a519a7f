import type { Tx } from '../db/index.ts';
import { type Id, inclusionProof, rootOf } from '../kernel/index.ts';
import {
  type Audience,
  audiences,
  eventRecord,
  type LoggedEvent,
  type SubjectRecord,
  subjectRecord,
} from './leaves.ts';
import { newestCheckpoint } from './sequencer-store.ts';
import { createTreeReader } from './tree-reader.ts';

/** Hashes are base64. */
export interface Proof {
  index: number;
  size: number;
  hashes: string[];
}

/**
 * That an event concerned one person, down to a signed checkpoint. Of everybody else whom the event concerned it holds only
 * salted hashes. `verify.ts` checks it without a network.
 */
export interface Evidence {
  event: Record<string, unknown>;
  subject: SubjectRecord;
  subjectProof: Proof;
  logProof: Proof;
  /** C2SP signed note. */
  checkpoint: string;
}

interface FiledRow {
  leaf: number;
  place: number;
  sub_leaf: Buffer;
  previous: Buffer;
  salt: Buffer;
  guardian_n: number | null;
  learner_n: number | null;
  officer_n: number;
}

/** Undefined while the event is not in the tree yet, or does not concern the person, or the person's key is destroyed. */
export async function evidenceOf(
  tx: Tx,
  at: { municipality: Id; position: number; person: Id },
): Promise<Evidence | undefined> {
  const { municipality, position, person } = at;
  const filed = await filedSubject(tx, at);
  const event = filed && (await eventAt(tx, municipality, position));
  const checkpoint = filed && (await newestCheckpoint(tx, municipality));
  if (!filed || !event || !checkpoint) return undefined;
  const subLeaves = await subLeavesOf(tx, municipality, event);
  const hashes = await createTreeReader(tx, municipality).inclusion(filed.leaf, checkpoint.size);
  const mask = event.masks[filed.place]!;
  return {
    event: eventRecord(event, rootOf(subLeaves)),
    subject: subjectRecord({ position, person, mask }, filed.salt, placesIn(filed)),
    subjectProof: proof(filed.place, subLeaves.length, inclusionProof(subLeaves, filed.place)),
    logProof: proof(filed.leaf, checkpoint.size, hashes),
    checkpoint: checkpoint.note,
  };
}

function proof(index: number, size: number, hashes: readonly Buffer[]): Proof {
  return { index, size, hashes: hashes.map((hash) => hash.toString('base64')) };
}

/** Numbers and earlier links of the chains that the row is part of. */
export function placesIn(
  row: Pick<FiledRow, 'previous' | 'guardian_n' | 'learner_n' | 'officer_n'>,
): Map<Audience, { n: number; previous: Buffer }> {
  const numbers = [row.guardian_n, row.learner_n, row.officer_n];
  const present = audiences.flatMap((audience, index) => {
    const n = numbers[index];
    return n === null || n === undefined ? [] : [{ audience, n }];
  });
  return new Map(
    present.map(({ audience, n }, index) => [
      audience,
      { n, previous: row.previous.subarray(index * 32, index * 32 + 32) },
    ]),
  );
}

async function filedSubject(
  tx: Tx,
  at: { municipality: Id; position: number; person: Id },
): Promise<FiledRow | undefined> {
  const [row] = await tx.query<FiledRow>({
    name: 'audit-filed',
    text: `select s.leaf, s.place, s.sub_leaf, s.previous, s.guardian_n, s.learner_n, s.officer_n, k.salt
      from audit_subject s join audit_subject_key k on k.municipality_id = $1 and k.person_id = s.person_id and k.salt is not null
      where s.municipality_id = $1 and s.person_id = $2 and s.position = $3`,
    values: [at.municipality, at.person, at.position],
  });
  return row;
}

async function eventAt(tx: Tx, municipality: Id, position: number): Promise<LoggedEvent | undefined> {
  const [event] = await tx.query<LoggedEvent>({
    name: 'audit-event-at',
    text: 'select * from audit_event where municipality_id = $1 and position = $2',
    values: [municipality, position],
  });
  return event;
}

async function subLeavesOf(tx: Tx, municipality: Id, event: LoggedEvent): Promise<Buffer[]> {
  const rows = await tx.query<{ sub_leaf: Buffer }>({
    name: 'audit-sub-leaves',
    text: `select sub_leaf from audit_subject
      where municipality_id = $1 and person_id = any($2::uuid[]) and position = $3 order by place`,
    values: [municipality, event.subjects, event.position],
  });
  return rows.map(({ sub_leaf }) => sub_leaf);
}
