import { createPublicKey } from 'node:crypto';
import type { NoteVerifier } from '../kernel/index.ts';
import type { WitnessPeer } from './cosigning.ts';

/** `{ name, logs: [{ name, publicKey }], witnesses: [{ name, publicKey, url }] }`; keys are PEM. */
export interface WitnessFile {
  /** Under which this node cosigns. */
  name: string;
  logs: NoteVerifier[];
  witnesses: WitnessPeer[];
}

const patienceMs = 10_000;
const noteName = /^[^\s+]{1,200}$/u;

export function readWitnessFile(text: string): WitnessFile {
  const {
    name,
    logs = [],
    witnesses = [],
  } = JSON.parse(text) as {
    name: string;
    logs?: { name: string; publicKey: string }[];
    witnesses?: { name: string; publicKey: string; url: string }[];
  };
  if (!noteName.test(name)) throw new Error('The file of witnesses needs the "name" under which this node cosigns.');
  return {
    name,
    logs: logs.map(verifierOf),
    witnesses: witnesses.map((one) => ({ ...verifierOf(one), ask: (body) => ask(new URL(one.url), body) })),
  };
}

function verifierOf({ name, publicKey }: { name: string; publicKey: string }): NoteVerifier {
  if (!noteName.test(name)) throw new Error(`"${name}" is no name of a log or a witness.`);
  const key = createPublicKey(publicKey);
  if (key.asymmetricKeyType !== 'ed25519') throw new Error(`The key of "${name}" is no Ed25519 key.`);
  return { name, publicKey: key };
}

async function ask(url: URL, body: string): Promise<{ status: number; text: string }> {
  const answer = await fetch(url, {
    method: 'POST',
    body,
    redirect: 'error',
    headers: { 'content-type': 'text/plain; charset=utf-8' },
    signal: AbortSignal.timeout(patienceMs),
  });
  return { status: answer.status, text: await answer.text() };
}
