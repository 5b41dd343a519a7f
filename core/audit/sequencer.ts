import { randomBytes } from 'node:crypto';
import type { Database, Tx } from '../db/index.ts';
import { type Clock, type Id, type NoteSigner, signNote } from '../kernel/index.ts';
import { chainSubjects } from './chains.ts';
import { eventLeaf, type LoggedEvent } from './leaves.ts';
import { readHead, settleTo, unfiledEvents, writeBatch, writeCheckpoint } from './sequencer-store.ts';
import { readEdge, writeTiles } from './tile-store.ts';
import { edgeRoot, growTree } from './tiles.ts';
import { createWatermarks, type Watermarks } from './watermark.ts';

export interface SequencerOptions {
  database: Database;
  clock: Clock;
  /** Signs checkpoints; its name is the origin's first part. */
  signer: NoteSigner;
}

export interface Sequencer {
  /** Puts committed events of the municipality into its tree; returns how many. 0 also when another node is at it. */
  integrate(municipality: Id): Promise<number>;
}

/** Events per run: bounds the memory and the length of the transaction. */
const mostEvents = 1000;

export function createSequencer({ database, clock, signer }: SequencerOptions): Sequencer {
  const watermarks = createWatermarks();
  return {
    integrate: (municipality) =>
      database.inTenant(municipality, (tx) => integrate(tx, { municipality, clock, signer, watermarks })),
  };
}

interface Run {
  municipality: Id;
  clock: Clock;
  signer: NoteSigner;
  watermarks: Watermarks;
}

async function integrate(tx: Tx, run: Run): Promise<number> {
  const { municipality, watermarks } = run;
  const head = await readHead(tx, municipality);
  if (!head) return 0;
  const settled = await watermarks.observe(tx, municipality);
  const events = await unfiledEvents(tx, municipality, { after: head.settled, limit: mostEvents });
  if (events.length > 0) await append(tx, run, { size: head.size, events });
  const isComplete = events.length < mostEvents || events.at(-1)!.position >= (settled ?? 0);
  if (settled !== undefined && settled > head.settled && isComplete) {
    await settleTo(tx, municipality, settled);
    watermarks.restart(municipality);
  }
  return events.length;
}

async function append(tx: Tx, run: Run, { size, events }: { size: number; events: LoggedEvent[] }): Promise<void> {
  const { municipality, clock, signer } = run;
  const subLeaves = await chainSubjects(tx, { municipality, firstLeaf: size, events, newSalt: () => randomBytes(32) });
  const leaves = events.map((event, index) => eventLeaf(event, subLeaves[index]!));
  const { edge, changed } = growTree(await readEdge(tx, municipality, size), leaves);
  const root = edgeRoot(edge);
  const text = `${signer.name}/${municipality}\n${edge.size}\n${root.toString('base64')}\n`;
  const checkpoint = { size: edge.size, root, note: signNote(text, signer), at: clock.now() };
  await Promise.all([
    writeTiles(tx, municipality, changed),
    writeBatch(tx, municipality, { firstLeaf: size, positions: events.map(({ position }) => position) }),
    writeCheckpoint(tx, municipality, checkpoint),
  ]);
}
