import { createPrivateKey, generateKeyPairSync, randomBytes, type KeyObject } from 'node:crypto';
import { link, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** The Ed25519 private key of a file (0600); made when it is missing and `create` allows. */
export async function keyFromFile(folder: string, name: string, { create }: { create: boolean }): Promise<KeyObject> {
  const path = join(folder, `${name}.pem`);
  if (create) await writeKeyOnce(folder, path);
  try {
    return createPrivateKey(await readFile(path));
  } catch (error) {
    throw new Error(`The registry's key ${path} can't be read. Restore it from the backup: the signed root names it.`, {
      cause: error,
    });
  }
}

/** Written whole under another name, then linked: a crash leaves no half key, and of two starting nodes one wins. */
async function writeKeyOnce(folder: string, path: string): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const draft = `${path}.${randomBytes(6).toString('hex')}`;
  const pem = generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' });
  await writeFile(draft, pem, { mode: 0o600, flag: 'wx' });
  try {
    await link(draft, path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    await rm(draft);
  }
}
