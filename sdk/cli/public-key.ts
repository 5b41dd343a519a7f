import { createHash, createPublicKey, type KeyObject } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { fail } from './failure.ts';

/** A small file as text; told in words when it is not there or no such file. */
export async function readSmallFile(folder: string, file: string, mostBytes: number): Promise<string> {
  const path = resolve(folder, file);
  try {
    if ((await stat(path)).size > mostBytes) return fail(`${file} is too large for a receipt or a key.`);
    return await readFile(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return fail(`There is no file ${file}.`);
    throw error;
  }
}

export function jsonIn(text: string): Record<string, unknown> | undefined {
  if (!text.trimStart().startsWith('{')) return undefined;
  try {
    return JSON.parse(text) as Record<string, unknown>;
  } catch {
    return fail('The file is no JSON.');
  }
}

/** PEM as it is, or the JSON of /api/audit/key. */
export function pemIn(text: string): string {
  const publicKey = jsonIn(text)?.['publicKey'];
  return typeof publicKey === 'string' ? publicKey : text;
}

export function readKey(pem: string): KeyObject {
  try {
    const key = createPublicKey(pem);
    if (key.asymmetricKeyType === 'ed25519') return key;
  } catch {
    return fail('The key is no public key in PEM.');
  }
  return fail('The key of the platform is an Ed25519 key.');
}

export function fingerprintOf(key: KeyObject): string {
  return createHash('sha256')
    .update(key.export({ type: 'spki', format: 'der' }))
    .digest('hex');
}
