import type { Database, Tx } from '../db/index.ts';
import { type Clock, type Id, type NoteSigner, signNote } from '../kernel/index.ts';
import { loadPeople, writePersons } from './chain-store.ts';
import { type ChainedPerson, chainSubjects } from './chains.ts';
import { createKnownPeople, type KnownPeople } from './known-people.ts';
import { eventLeaf, hashBytes, type LoggedEvent } from './leaves.ts';
import { type Head, readHead, settleTo, unfiledEvents, writeBatch, writeCheckpoint } from './sequencer-store.ts';
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
const mostEvents = 2000;

export function createSequencer({ database, clock, signer }: SequencerOptions): Sequencer {
  const parts = { clock, signer, watermarks: createWatermarks(), known: createKnownPeople() };
  return {
    async integrate(municipality) {
      const done = await database.inTenant(municipality, (tx) => integrate(tx, { municipality, ...parts }));
      if (done.people) parts.known.keep(municipality, done.people, done.head);
      return done.count;
    },
  };
}

interface Run {
  municipality: Id;
  clock: Clock;
  signer: NoteSigner;
  watermarks: Watermarks;
  known: KnownPeople;
}

interface Done {
  count: number;
  head: Pick<Head, 'size' | 'destroyed'>;
  people?: Map<Id, ChainedPerson>;
}

async function integrate(tx: Tx, run: Run): Promise<Done> {
  const { municipality, watermarks } = run;
  const head = await readHead(tx, municipality);
  if (!head) return { count: 0, head: { size: 0, destroyed: 0 } };
  const settled = await watermarks.observe(tx, municipality);
  const events = await unfiledEvents(tx, municipality, { after: head.settled, limit: mostEvents });
  const people = run.known.at(municipality, head);
  if (events.length > 0) await append(tx, run, { size: head.size, events, people });
  const isComplete = events.length < mostEvents || events.at(-1)!.position >= (settled ?? 0);
  if (settled !== undefined && settled > head.settled && isComplete) {
    await settleTo(tx, municipality, settled);
    watermarks.restart(municipality);
  }
  return { count: events.length, people, head: { size: head.size + events.length, destroyed: head.destroyed } };
}

interface Growth {
  size: number;
  events: LoggedEvent[];
  people: Map<Id, ChainedPerson>;
}

async function append(tx: Tx, run: Run, { size, events, people }: Growth): Promise<void> {
  const { municipality, clock, signer } = run;
  const [edgeBefore] = await Promise.all([
    readEdge(tx, municipality, size),
    meet(tx, municipality, { events, people }),
  ]);
  const { starts, subLeaves, persons } = chainSubjects(events, people);
  const leaves = events.map((event, index) =>
    eventLeaf(event, subLeaves.subarray(starts[index]! * hashBytes, starts[index + 1]! * hashBytes)),
  );
  const { edge, changed } = growTree(edgeBefore, leaves);
  const root = edgeRoot(edge);
  const text = `${signer.name}/${municipality}\n${edge.size}\n${root.toString('base64')}\n`;
  const at = new Date(Math.max(...events.map((event) => event.at.getTime())));
  await Promise.all([
    writePersons(tx, { municipality, firstLeaf: size, at, persons }),
    writeTiles(tx, municipality, changed),
    writeBatch(tx, municipality, {
      firstLeaf: size,
      at,
      positions: events.map(({ position }) => position),
      starts,
      subLeaves,
    }),
    writeCheckpoint(tx, municipality, { size: edge.size, root, note: signNote(text, signer), at: clock.now() }),
  ]);
}

/** Adds who is not known yet. */
async function meet(tx: Tx, municipality: Id, { events, people }: Omit<Growth, 'size'>): Promise<void> {
  const strangers = new Set<Id>();
  for (const { subjects } of events) for (const person of subjects) if (!people.has(person)) strangers.add(person);
  if (strangers.size === 0) return;
  for (const [id, person] of await loadPeople(tx, municipality, [...strangers])) people.set(id, person);
}
