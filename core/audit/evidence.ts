import type { Tx } from '../db/index.ts';
import { type Id, inclusionProof, rootOfRun } from '../kernel/index.ts';
import { eventsAt, filedEvent } from './filed-store.ts';
import { eventRecord, hashBytes, type SubjectRecord, subjectRecord } from './leaves.ts';
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

/** Undefined while the event is not in the tree yet, or does not concern the person, or the person's key is destroyed. */
export async function evidenceOf(
  tx: Tx,
  at: { municipality: Id; position: number; person: Id },
): Promise<Evidence | undefined> {
  const { municipality, position, person } = at;
  const filed = await filedEvent(tx, at);
  const [event] = filed ? await eventsAt(tx, municipality, [position]) : [];
  const checkpoint = filed && (await newestCheckpoint(tx, municipality));
  if (!filed?.salt || !event || !checkpoint) return undefined;
  const { place, subLeaves } = filed;
  const hashes = await createTreeReader(tx, municipality).inclusion(filed.leaf, checkpoint.size);
  return {
    event: eventRecord(event, rootOfRun(subLeaves)),
    subject: subjectRecord({ position, person, mask: event.masks[place]! }, filed.salt, filed.places),
    subjectProof: subjectProof(subLeaves, place),
    logProof: proof(filed.leaf, checkpoint.size, hashes),
    checkpoint: checkpoint.note,
  };
}

export function subjectProof(subLeaves: Buffer, place: number): Proof {
  const all = hashesIn(subLeaves);
  return proof(place, all.length, inclusionProof(all, place));
}

export function proof(index: number, size: number, hashes: readonly Buffer[]): Proof {
  return { index, size, hashes: hashes.map((hash) => hash.toString('base64')) };
}

export function hashesIn(run: Buffer): Buffer[] {
  return Array.from({ length: run.length / hashBytes }, (_, index) =>
    run.subarray(index * hashBytes, (index + 1) * hashBytes),
  );
}
