import type { KeyObject } from 'node:crypto';
import { NotVerified, type VerifiedReceipt, verifyReceipt } from '@digione/core/audit/verify';
import { type FamilyLogJson, type VerifiedFamilyLog, verifyFamilyLog } from '@digione/core/audit/verify-family';
import { type Command, textOf } from '../command.ts';
import { fail, misuse } from '../failure.ts';
import { fingerprintOf, jsonIn, pemIn, readKey, readSmallFile } from '../public-key.ts';

const mostBytes = 2_000_000;
/** A child's whole list over the years. */
const mostListBytes = 200_000_000;

export const verify: Command = {
  summary: 'check a receipt of a consent decision or a downloaded list of reads, without a network',
  help: `Of a receipt it checks the signature, that the log has the decision, and that the log says the same. Of a downloaded list of
reads it checks each event and that none is missing.
Without --key the key that came with the file is used, and its fingerprint is told: compare it with the one that your
municipality publishes, since who forges a file can enclose a key of their own.`,
  options: {
    key: { type: 'string', value: 'FILE', help: 'public key of the platform, PEM or JSON as /api/audit/key gives it' },
  },
  async run({ values, words, surroundings: { folder, terminal } }) {
    const [file, ...more] = words;
    if (file === undefined || more.length > 0) misuse('Name one file: digione verify receipt.json');
    const enclosed = readEnclosed(await readSmallFile(folder, file, mostListBytes));
    const keyFile = textOf(values, 'key');
    const pem = keyFile ? pemIn(await readSmallFile(folder, keyFile, mostBytes)) : enclosed.pem;
    if (pem === undefined) misuse("The file came without a key: name the platform's with --key FILE.");
    const key = readKey(pem);
    for (const line of check(enclosed, key)) terminal.say(line);
    terminal.say(`key        sha256:${fingerprintOf(key)}`);
    if (!keyFile)
      terminal.note(
        `The key came with the ${enclosed.list ? 'list' : 'receipt'}. Compare its fingerprint with the published one, or give --key.`,
      );
  },
};

interface Enclosed {
  receipt?: string;
  list?: FamilyLogJson;
  pem: string | undefined;
}

function* check({ receipt, list }: Enclosed, key: KeyObject): Generator<string> {
  try {
    if (list) yield* wordsOfList(verifyFamilyLog(list, key));
    else yield* wordsOfReceipt(verifyReceipt(receipt ?? '', key));
  } catch (error) {
    if (error instanceof NotVerified) return fail(`The ${list ? 'list' : 'receipt'} does not hold. ${error.message}`);
    throw error;
  }
}

/** The file as the portal gives it, or the bare signed text. */
function readEnclosed(text: string): Enclosed {
  const found = jsonIn(text);
  if (found === undefined) return { receipt: text.trim(), pem: undefined };
  const { receipt, kind, key } = found;
  const publicKey = typeof key === 'object' && key !== null && 'publicKey' in key ? key.publicKey : undefined;
  const pem = typeof publicKey === 'string' ? publicKey : undefined;
  if (kind === 'digione-family-log') return { list: found as unknown as FamilyLogJson, pem };
  if (typeof receipt !== 'string') return fail('The file holds no receipt.');
  return { receipt, pem };
}

function* wordsOfReceipt({ receipt, event, checkpoint }: VerifiedReceipt): Generator<string> {
  const act = receipt['act'] as Record<string, unknown>;
  const said = receipt['event'] as Record<string, unknown>;
  yield 'The receipt holds.';
  yield `decision   ${String(said['event_state'])} by the ${String(said['entity'])}, ${String(said['event_time'])}`;
  yield `about      ${String(act['plugin'])}, purpose "${String(act['purpose'])}", revision ${String(act['revision'])}`;
  yield `in the log ${checkpoint.origin}, event ${String(event['position'])} of ${checkpoint.size}`;
}

function* wordsOfList({ events, left, checkpoint }: VerifiedFamilyLog): Generator<string> {
  const times = events.map(({ event }) => String(event['at']));
  yield 'The list holds, and nothing is missing in it.';
  yield `events     ${events.length}, from ${times[0]} to ${times.at(-1)}`;
  if (left > 0) yield `before     ${left} older events have left the log after the time of keeping`;
  yield `in the log ${checkpoint.origin}, of ${checkpoint.size}`;
}
