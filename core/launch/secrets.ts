import { generateKeyPairSync, randomBytes, createPrivateKey, createPublicKey } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const makers: Record<string, () => string> = {
  'identifiers.key': symmetric,
  'pseudonyms.key': symmetric,
  'vault.key': symmetric,
  'registry-bootstrap.key': symmetric,
  'identity-client.key': symmetric,
  'audit.pem': () => privatePem(generateKeyPairSync('ed25519')),
  'service.pem': () => privatePem(generateKeyPairSync('ec', { namedCurve: 'P-256' })),
};

/** Makes the keys that are missing, each readable by this user alone, and returns their folder. */
export function ensureSecrets(dataFolder: string): string {
  const folder = join(dataFolder, 'secrets');
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  for (const [name, make] of Object.entries(makers)) ensureFile(join(folder, name), make);
  const service = createPublicKey(createPrivateKey(readFileSync(join(folder, 'service.pem'))));
  writeFileSync(join(folder, 'service.pub.pem'), service.export({ type: 'spki', format: 'pem' }));
  return folder;
}

/** Written under another name first: a run killed here leaves no half key. */
function ensureFile(path: string, make: () => string): void {
  if (existsSync(path)) return;
  writeFileSync(`${path}.new`, make(), { mode: 0o600 });
  renameSync(`${path}.new`, path);
}

function symmetric(): string {
  return `${randomBytes(32).toString('base64')}\n`;
}

function privatePem({ privateKey }: { privateKey: import('node:crypto').KeyObject }): string {
  return privateKey.export({ type: 'pkcs8', format: 'pem' }) as string;
}
