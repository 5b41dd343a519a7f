import type { Database } from '../db/index.ts';
import { setTimeout } from 'node:timers/promises';
import { type Clock, cosignedAt, type Id, type Log, type NoteVerifier } from '../kernel/index.ts';
import { newestCheckpoint } from './sequencer-store.ts';
import { createTreeReader } from './tree-reader.ts';
import { cosignedSize, writeCosignature } from './witness-store.ts';

/** A node elsewhere that cosigns our checkpoints. */
export interface WitnessPeer extends NoteVerifier {
  /** Sends the body of add-checkpoint; the status and the text of the answer. */
  ask(body: string): Promise<{ status: number; text: string }>;
}

export type Cosigned = 'nothing-new' | 'cosigned' | 'refused';

/** Brings the newest checkpoint of the municipality to the witness, with the proof that it goes on from the last one. */
export async function askForCosignature(
  { database, clock }: { database: Database; clock: Clock },
  municipality: Id,
  peer: WitnessPeer,
): Promise<Cosigned> {
  const known = await database.inTenant(municipality, (tx) => cosignedSize(tx, municipality, peer.name));
  const outcome = await present({ database, clock }, { municipality, peer, oldSize: known });
  if (typeof outcome !== 'number') return outcome;
  // The witness knows of more, or of less, than we remember: once more from there.
  const again = await present({ database, clock }, { municipality, peer, oldSize: outcome });
  return typeof again === 'number' ? 'refused' : again;
}

async function present(
  { database, clock }: { database: Database; clock: Clock },
  { municipality, peer, oldSize }: { municipality: Id; peer: WitnessPeer; oldSize: number },
): Promise<Cosigned | number> {
  const request = await database.inTenant(municipality, async (tx) => {
    const checkpoint = await newestCheckpoint(tx, municipality);
    if (!checkpoint || checkpoint.size <= oldSize) return undefined;
    const proof = oldSize === 0 ? [] : await createTreeReader(tx, municipality).consistency(oldSize, checkpoint.size);
    const lines = proof.map((hash) => `${hash.toString('base64')}\n`).join('');
    return { checkpoint, body: `old ${oldSize}\n${lines}\n${checkpoint.note}` };
  });
  if (!request) return 'nothing-new';
  const { status, text } = await peer.ask(request.body);
  if (status === 409 && /^\d{1,16}\n?$/.test(text)) return Number(text);
  const { note, size } = request.checkpoint;
  const signedText = note.slice(0, note.indexOf('\n\n') + 1);
  if (status !== 200 || !cosignedAt(signedText, text, peer)) return 'refused';
  const cosignature = { witness: peer.name, size, line: text, at: clock.now() };
  await database.inTenant(municipality, (tx) => writeCosignature(tx, municipality, cosignature));
  return 'cosigned';
}

/** Asks all witnesses about all municipalities, then rests; ends when disposed. A witness that is away is asked again. */
export function startCosigning(options: {
  database: Database;
  clock: Clock;
  log: Log;
  witnesses: readonly WitnessPeer[];
  everyMs: number;
}): AsyncDisposable {
  const { database, log, witnesses, everyMs } = options;
  const stopped = new AbortController();

  async function sweep(): Promise<void> {
    const municipalities = await database.global((tx) => tx.query<{ id: Id }>({ text: 'select id from municipality' }));
    for (const { id } of municipalities)
      for (const peer of witnesses) {
        if (stopped.signal.aborted) return;
        const outcome = await askForCosignature(options, id, peer);
        if (outcome === 'refused')
          log.error({ witness: peer.name, municipality: id }, 'a witness refused a checkpoint');
      }
  }

  async function run(): Promise<void> {
    while (!stopped.signal.aborted) {
      await sweep().catch((error: unknown) => log.warn({ error }, 'a witness could not be asked; it is tried again'));
      await setTimeout(everyMs, undefined, { signal: stopped.signal }).catch(() => undefined);
    }
  }

  const running = run();
  return {
    async [Symbol.asyncDispose]() {
      stopped.abort();
      await running;
    },
  };
}
