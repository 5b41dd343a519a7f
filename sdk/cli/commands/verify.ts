import { createHash, createPublicKey, type KeyObject } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { NotVerified, type VerifiedReceipt, verifyReceipt } from '@digione/core/audit/verify';
import { type Command, textOf } from '../command.ts';
import { fail, misuse } from '../failure.ts';

const mostBytes = 2_000_000;

export const verify: Command = {
  summary: 'check a receipt of a consent decision, without a network',
  help: `Checks the signature of the receipt, that the log has the decision, and that the log says the same as the receipt.
Without --key the key that came with the receipt is used, and its fingerprint is told: compare it with the one that your
municipality publishes, since who forges a receipt can enclose a key of their own.`,
  options: {
    key: { type: 'string', value: 'FILE', help: 'public key of the platform, PEM or JSON as /api/audit/key gives it' },
  },
  async run({ values, words, surroundings: { folder, terminal } }) {
    const [file, ...more] = words;
    if (file === undefined || more.length > 0) misuse('Name one file: digione verify receipt.json');
    const enclosed = readEnclosed(await readText(folder, file));
    const keyFile = textOf(values, 'key');
    const pem = keyFile ? pemIn(await readText(folder, keyFile)) : enclosed.pem;
    if (pem === undefined) misuse("The receipt came without a key: name the platform's with --key FILE.");
    const key = readKey(pem);
    for (const line of wordsOf(check(enclosed.receipt, key))) terminal.say(line);
    terminal.say(`key        sha256:${fingerprintOf(key)}`);
    if (!keyFile)
      terminal.note('The key came with the receipt. Compare its fingerprint with the published one, or give --key.');
  },
};

function check(receipt: string, key: KeyObject): VerifiedReceipt {
  try {
    return verifyReceipt(receipt, key);
  } catch (error) {
    if (error instanceof NotVerified) return fail(`The receipt does not hold. ${error.message}`);
    throw error;
  }
}

async function readText(folder: string, file: string): Promise<string> {
  const path = resolve(folder, file);
  try {
    if ((await stat(path)).size > mostBytes) return fail(`${file} is too large for a receipt or a key.`);
    return await readFile(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return fail(`There is no file ${file}.`);
    throw error;
  }
}

/** The file as the portal gives it, or the bare signed text. */
function readEnclosed(text: string): { receipt: string; pem: string | undefined } {
  const found = jsonIn(text);
  if (found === undefined) return { receipt: text.trim(), pem: undefined };
  const { receipt, key } = found;
  if (typeof receipt !== 'string') return fail('The file holds no receipt.');
  const publicKey = typeof key === 'object' && key !== null && 'publicKey' in key ? key.publicKey : undefined;
  return { receipt, pem: typeof publicKey === 'string' ? publicKey : undefined };
}

function pemIn(text: string): string {
  const publicKey = jsonIn(text)?.['publicKey'];
  return typeof publicKey === 'string' ? publicKey : text;
}

function jsonIn(text: string): Record<string, unknown> | undefined {
  if (!text.trimStart().startsWith('{')) return undefined;
  try {
    return JSON.parse(text) as Record<string, unknown>;
  } catch {
    return fail('The file is no JSON.');
  }
}

function readKey(pem: string): KeyObject {
  try {
    const key = createPublicKey(pem);
    if (key.asymmetricKeyType === 'ed25519') return key;
  } catch {
    return fail('The key is no public key in PEM.');
  }
  return fail('The key of the platform is an Ed25519 key.');
}

function fingerprintOf(key: KeyObject): string {
  return createHash('sha256')
    .update(key.export({ type: 'spki', format: 'der' }))
    .digest('hex');
}

function* wordsOf({ receipt, event, checkpoint }: VerifiedReceipt): Generator<string> {
  const act = receipt['act'] as Record<string, unknown>;
  const said = receipt['event'] as Record<string, unknown>;
  yield 'The receipt holds.';
  yield `decision   ${String(said['event_state'])} by the ${String(said['entity'])}, ${String(said['event_time'])}`;
  yield `about      ${String(act['plugin'])}, purpose "${String(act['purpose'])}", revision ${String(act['revision'])}`;
  yield `in the log ${checkpoint.origin}, event ${String(event['position'])} of ${checkpoint.size}`;
}
