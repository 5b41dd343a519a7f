import { createPrivateKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { mkdir, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { exitCodes, CliFailure, fail } from './failure.ts';
import { readIfThere } from './plugin-folder.ts';

/** Where a vendor's signing key lies when no other file is named. */
export function defaultKeyPath(configFolder: string, vendor: string): string {
  return join(configFolder, 'keys', `${vendor}.pem`);
}

/** Makes a new Ed25519 key in a file that only its owner may read. Never writes over a key. */
export async function makeKey(path: string): Promise<KeyObject> {
  const { privateKey } = generateKeyPairSync('ed25519');
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  try {
    await writeFile(path, privateKey.export({ type: 'pkcs8', format: 'pem' }), { mode: 0o600, flag: 'wx' });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    fail(`There is a key in ${path} already. A key that is lost can't be made again, so nothing was written.`);
  }
  return privateKey;
}

/** Reads a signing key; refuses one that others on this machine can read. */
export async function readKey(path: string): Promise<KeyObject> {
  const pem = await readIfThere(path);
  if (!pem)
    throw new CliFailure(
      exitCodes.refused,
      `There is no signing key in ${path}. Make one with "digione keygen", or name its file with --key.`,
    );
  if (((await stat(path)).mode & 0o077) !== 0) fail(`${path} can be read by others. Run: chmod 600 ${path}`);
  const key = parseKey(pem);
  if (key?.asymmetricKeyType !== 'ed25519') return fail(`${path} does not hold an Ed25519 private key in PEM form.`);
  return key;
}

function parseKey(pem: Buffer): KeyObject | undefined {
  try {
    return createPrivateKey(pem);
  } catch {
    // What the parser says about a broken key helps nobody; the caller names the file.
    return undefined;
  }
}
