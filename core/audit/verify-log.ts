import { createHash, type KeyObject } from 'node:crypto';
import { canonical, leafHash, NotVerified, nodeHash, openCheckpoint } from './verify.ts';

/** Checks a whole log; stand-alone like `verify.ts`. Hashes are base64. */
export interface ExportedLeaf {
  leaf: number;
  /** Of the event's row; absent for what left with its month. */
  position?: number;
  /** The event's row as it is now, without its subjects; absent when the row is gone. */
  event?: Record<string, unknown>;
  /** Stored sub-leaves in order; each with its record, or the word that the person's key was destroyed. */
  subjects: { subLeaf: string; record?: Record<string, unknown>; keyDestroyed?: true }[];
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
    | 'row-stray'
    | 'history-forked'
    | 'checkpoint-forged'
    | 'checkpoint-missing';
  /** The row's position, or the checkpoint's size, or the leaf of a row that nothing else is known of. */
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
  const newest = Math.max(0, ...signed.keys());
  const rows = createFrontier();
  const gone = createGone();
  let next = 0;
  for await (const leaf of log.leaves) {
    if (leaf.leaf !== next) findings.push(changed(leaf, `Leaf ${next} is not where it belongs.`));
    findings.push(...checkSubjects(leaf));
    rows.add(checkLeaf(leaf, { findings, gone }));
    next += 1;
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
  if (newest < next)
    findings.push({ what: 'checkpoint-missing', at: newest, say: `No checkpoint signs the events after ${newest}.` });
  return [...findings, ...gone.unexplained()];
}

interface Seen {
  findings: Finding[];
  gone: ReturnType<typeof createGone>;
}

/** The leaf as its row says, or as the tile says when the row is gone; what differs is named. */
function checkLeaf(leaf: ExportedLeaf, { findings, gone }: Seen): Buffer {
  const { position, event, subjects, tileHash } = leaf;
  const stored = hashIn(tileHash);
  if (!event) {
    gone.add(leaf);
    if (!stored) findings.push(changed(leaf, `The hash of leaf ${leaf.leaf} was changed.`));
    return stored ?? Buffer.alloc(32);
  }
  const subLeaves = subjects.map(({ subLeaf }) => hashIn(subLeaf) ?? Buffer.alloc(32));
  const computed = leafHash(canonical({ ...event, subjects: rootOf(subLeaves).toString('hex') }));
  if (!stored?.equals(computed) || event['position'] !== position)
    findings.push(changed(leaf, `Row ${position} is not what was logged (or its hash was changed).`));
  else gone.explain(event);
  return computed;
}

function changed({ position, leaf }: ExportedLeaf, say: string): Finding {
  return { what: 'row-changed', at: position ?? leaf, say };
}

/** What was filed of a person and is neither there nor known to be destroyed was taken away. */
function checkSubjects({ position, leaf, event, subjects }: ExportedLeaf): Finding[] {
  if (!event) return [];
  return subjects.flatMap(({ record, keyDestroyed, subLeaf }, place) => {
    const holds = record
      ? keyDestroyed === undefined && leafHash(canonical(record)).toString('base64') === subLeaf
      : keyDestroyed === true;
    const say = `Row ${position}: what it says about ${String(record?.['person'] ?? `the person in place ${place}`)} was changed.`;
    return holds ? [] : [{ what: 'subject-changed' as const, at: position ?? leaf, say }];
  });
}

/** Rows that are gone, and the log's own word that they left with their month after the time of keeping. */
function createGone() {
  const runs: { from: number; to: number; position: number | undefined }[] = [];
  const retired: { from: number; to: number }[] = [];
  return {
    add({ leaf, position }: ExportedLeaf): void {
      const last = runs.at(-1);
      if (last && last.to === leaf - 1 && position === undefined && last.position === undefined) last.to = leaf;
      else runs.push({ from: leaf, to: leaf, position });
    },
    explain(event: Record<string, unknown>): void {
      if (event['action'] !== 'log.retire') return;
      for (const [, from, to] of String(event['reason']).matchAll(/(\d+)-(\d+)/g))
        retired.push({ from: Number(from), to: Number(to) });
    },
    unexplained(): Finding[] {
      return runs.flatMap((run) => {
        const rest = retired.reduce((left, range) => left.flatMap((part) => without(part, range)), [run]);
        return rest.map(({ from, to, position }) => ({
          what: 'row-missing' as const,
          at: position ?? from,
          say: position === undefined ? `The rows of leaves ${from}–${to} are gone.` : `Row ${position} is gone.`,
        }));
      });
    },
  };
}

function without<R extends { from: number; to: number }>(part: R, cut: { from: number; to: number }): R[] {
  const before = { ...part, to: Math.min(part.to, cut.from - 1) };
  const after = { ...part, from: Math.max(part.from, cut.to + 1) };
  return [before, after].filter(({ from, to }) => from <= to);
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

/** 32 bytes in the one spelling that base64 has for them. */
function hashIn(text: string): Buffer | undefined {
  const bytes = Buffer.from(text, 'base64');
  return bytes.length === 32 && bytes.toString('base64') === text ? bytes : undefined;
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
