import type { Database } from '../db/index.ts';
import {
  type Clock,
  cosign,
  type NoteSigner,
  type NoteVerifier,
  refuse,
  verifyConsistency,
  verifyNote,
} from '../kernel/index.ts';
import { lastWitnessed, type Witnessed, witness } from './witness-store.ts';

/** A witness cosigns checkpoints of other nodes' logs, and never two histories of the same log (C2SP tlog-witness). */
export interface Witness {
  /** The body of add-checkpoint; the answer is a signature line, or the size that the witness knows (a conflict). */
  addCheckpoint(body: string): Promise<{ line: string } | { knownSize: number }>;
}

export interface WitnessOptions {
  database: Database;
  clock: Clock;
  signer: NoteSigner;
  /** Whose logs it watches, by the name that signs them. */
  logs: readonly NoteVerifier[];
}

export function createWitness({ database, clock, signer, logs }: WitnessOptions): Witness {
  return {
    async addCheckpoint(body) {
      const { oldSize, proof, note } = readRequest(body);
      const { text } = verifyNote(note, logs);
      const shown = readCheckpoint(text);
      if (!logs.some(({ name }) => shown.origin.startsWith(`${name}/`)))
        refuse('not-found', 'This log is not watched here.');
      if (oldSize > shown.size) refuse('invalid', 'The old size is larger than the checkpoint.');
      return database.global(async (tx) => {
        const known = await lastWitnessed(tx, shown.origin);
        if (oldSize !== (known?.size ?? 0)) return { knownSize: known?.size ?? 0 };
        if (known && known.size > 0) checkGrown(known, shown, proof);
        await witness(tx, shown, clock.now());
        return { line: cosign(text, signer, clock.now()) };
      });
    },
  };
}

function checkGrown(known: Witnessed, shown: Witnessed, proof: readonly Buffer[]): void {
  if (!verifyConsistency({ first: known, second: shown, proof }))
    refuse('signature-invalid', 'The checkpoint does not go on from the one that was witnessed: its history forked.');
}

const mostBytes = 100_000;
const mostHashes = 63;

function readRequest(body: string): { oldSize: number; proof: Buffer[]; note: string } {
  const border = body.indexOf('\n\n');
  const [first = '', ...hashes] = body.slice(0, border).split('\n');
  const [, old] = /^old (0|[1-9][0-9]{0,15})$/.exec(first) ?? [];
  const proof = hashes.map((line) => Buffer.from(line, 'base64'));
  const isRequest = border > 0 && old !== undefined && body.length <= mostBytes && proof.length <= mostHashes;
  if (!isRequest || proof.some(({ length }) => length !== 32))
    return refuse('invalid', 'The body is "old" and a size, the proof, an empty line, and the checkpoint.');
  return { oldSize: Number(old), proof, note: body.slice(border + 2) };
}

function readCheckpoint(text: string): Witnessed {
  const [origin = '', size = '', root = ''] = text.split('\n');
  const hash = Buffer.from(root, 'base64');
  if (!/^(0|[1-9][0-9]{0,15})$/.test(size) || hash.length !== 32) refuse('invalid', 'The note is no checkpoint.');
  return { origin, size: Number(size), root: hash };
}
