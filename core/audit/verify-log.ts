import { createHash, type KeyObject } from 'node:crypto';
import { canonical, leafHash, NotVerified, nodeHash, openCheckpoint } from './verify.ts';

/** Checks a whole log; stand-alone like `verify.ts`. Hashes are base64. */
export interface ExportedLeaf {
  leaf: number;
  position: number;
  /** The event's row as it is now, without its subjects; absent when the row is gone. */
  event?: Record<string, unknown>;
  /** Stored sub-leaves in order; `record` while the person's key exists. */
  subjects: { person: string; subLeaf: string; record?: Record<string, unknown> }[];
  /** Hash in the stored tile. */
  tileHash: string;
}

export interface ExportedLog {
  leaves: AsyncIterable<ExportedLeaf> | Iterable<ExportedLeaf>;
  /** Signed notes, any order; also ones that somebody else kept (witnesses, receipts). */
  checkpoints: readonly string[];
  /** Rows that the log has passed over: written behind its back. */
  strayPositions?: readonly number[];
}

export interface Finding {
  what:
    | 'row-missing'
    | 'row-changed'
    | 'subject-changed'
    | 'tile-changed'
    | 'row-stray'
    | 'history-forked'
    | 'checkpoint-forged';
  /** The row's position, or the checkpoint's size. */
  at: number;
  say: string;
}

export async function verifyLog(log: ExportedLog, publicKey: KeyObject): Promise<Finding[]> {
  const findings: Finding[] = (log.strayPositions ?? []).map((at) => ({
    what: 'row-stray',
    at,
    say: `Row ${at} was added behind the log.`,
  }));
  const { signed, forged } = openAll(log.checkpoints, publicKey);
  findings.push(...forged);
  const rows = createFrontier();
  let next = 0;
  for await (const leaf of log.leaves) {
    findings.push(...checkSubjects(leaf));
    rows.add(checkLeaf(leaf, findings));
    next = leaf.leaf + 1;
    checkRoots(signed.get(next), { size: next, root: rows.root(), findings });
    signed.delete(next);
  }
  for (const size of signed.keys())
    if (size > next)
      findings.push({
        what: 'history-forked',
        at: size,
        say: `A checkpoint signs ${size} events, the log has ${next}.`,
      });
  return findings;
}

/** The leaf as its row says, or as the tile says when the row is gone; what differs is named. */
function checkLeaf({ position, event, subjects, tileHash }: ExportedLeaf, findings: Finding[]): Buffer {
  const stored = Buffer.from(tileHash, 'base64');
  if (!event) {
    findings.push({ what: 'row-missing', at: position, say: `Row ${position} is gone.` });
    return stored;
  }
  const root = rootOf(subjects.map(({ subLeaf }) => Buffer.from(subLeaf, 'base64')));
  const computed = leafHash(canonical({ ...event, subjects: root.toString('hex') }));
  if (!computed.equals(stored))
    findings.push({
      what: 'row-changed',
      at: position,
      say: `Row ${position} is not what was logged (or its hash was changed).`,
    });
  return computed;
}

function checkSubjects({ position, subjects }: ExportedLeaf): Finding[] {
  return subjects
    .filter(({ record, subLeaf }) => record && leafHash(canonical(record)).toString('base64') !== subLeaf)
    .map(({ person }) => ({
      what: 'subject-changed',
      at: position,
      say: `Row ${position}: what it says about ${person} was changed.`,
    }));
}

function checkRoots(
  roots: readonly Buffer[] | undefined,
  at: { size: number; root: Buffer; findings: Finding[] },
): void {
  const { size, root, findings } = at;
  if (!roots || roots.every((one) => one.equals(root))) return;
  findings.push({ what: 'history-forked', at: size, say: `The checkpoint of ${size} events signs another history.` });
}

function openAll(notes: readonly string[], key: KeyObject): { signed: Map<number, Buffer[]>; forged: Finding[] } {
  const signed = new Map<number, Buffer[]>();
  const forged: Finding[] = [];
  for (const note of notes) {
    try {
      const { size, root } = openCheckpoint(note, key);
      signed.set(size, [...(signed.get(size) ?? []), root]);
    } catch (error) {
      if (!(error instanceof NotVerified)) throw error;
      forged.push({ what: 'checkpoint-forged', at: Number(note.split('\n')[1]) || 0, say: error.message });
    }
  }
  return { signed, forged };
}

/** Roots of the complete subtrees, largest first: enough to go on and to close the tree at any size. */
function createFrontier() {
  const full: { height: number; hash: Buffer }[] = [];
  return {
    add(hash: Buffer): void {
      let grown = { height: 0, hash };
      while (full.at(-1)?.height === grown.height)
        grown = { height: grown.height + 1, hash: nodeHash(full.pop()!.hash, grown.hash) };
      full.push(grown);
    },
    root(): Buffer {
      const hashes = full.map(({ hash }) => hash);
      return hashes.reduceRight((right, left) => nodeHash(left, right));
    },
  };
}

function rootOf(leaves: readonly Buffer[]): Buffer {
  if (leaves.length === 0) return createHash('sha256').digest();
  const frontier = createFrontier();
  for (const leaf of leaves) frontier.add(leaf);
  return frontier.root();
}
