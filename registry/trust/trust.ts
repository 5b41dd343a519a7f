import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Database, Tx } from '@digione/core/db';
import type { Clock, Log } from '@digione/core/kernel';
import { makeRoot, makeSnapshot, makeTargets, makeTimestamp, type SignedFile } from './metadata.ts';
import { roleNames, roles, signersFromFiles, type RoleName, type RoleSigners } from './roles.ts';
import { allTargets, fileOfVersion, forgetOldFiles, insertFile, lockTrust, newestFile } from './trust-store.ts';

export interface TrustOptions {
  database: Database;
  clock: Clock;
  log: Log;
  /** Folder of the keys and of the trust anchor `root.json`. */
  folder: string;
}

export interface Trust {
  /** Signs what the targets table says now, in the caller's transaction: call it once, last. */
  sign(tx: Tx): Promise<void>;
  /** Signs anew whatever nears its end. */
  renew(): Promise<void>;
  /** The newest file of a role, or the one of a version. */
  file(role: RoleName, version?: number): Promise<SignedFile | undefined>;
}

/** Makes keys and the first metadata when there are none, and writes the trust anchor. */
export async function createTrust({ database, clock, log, folder }: TrustOptions): Promise<Trust> {
  const keyFolder = join(folder, 'keys');
  const known = await database.global((tx) => newestFile(tx, 'root'));
  const signers = await signersFromFiles(keyFolder, { create: known === undefined });
  if (known) requireKeysOf(known, signers);
  const file = (role: RoleName, version?: number) =>
    database.global((tx) => (version === undefined ? newestFile(tx, role) : fileOfVersion(tx, role, version)));
  const trust: Trust = {
    sign: (tx) => signAnew(tx, { now: clock.now(), signers, targetsChanged: true }),
    renew: () => database.global((tx) => signAnew(tx, { now: clock.now(), signers, targetsChanged: false })),
    file,
  };
  await trust.renew();
  await writeAnchor(folder, (await file('root', 1))!, log);
  return trust;
}

interface Signing {
  now: Date;
  signers: RoleSigners;
  targetsChanged: boolean;
}

const keepMilliseconds = 60 * 60 * 1000;

/** Each role is signed when it nears its end or when what it vouches for has changed. */
async function signAnew(tx: Tx, { now, signers, targetsChanged }: Signing): Promise<void> {
  await lockTrust(tx);
  const renewed = async (
    role: RoleName,
    changed: boolean,
    make: (version: number) => SignedFile | Promise<SignedFile>,
  ) => {
    const current = await newestFile(tx, role);
    if (current && !changed && !nearsEnd(current, now)) return { file: current, changed: false };
    const file = await make((current?.version ?? 0) + 1);
    await insertFile(tx, file, now);
    return { file, changed: true };
  };
  await renewed('root', false, (version) => makeRoot({ version, now, signers }));
  const targets = await renewed('targets', targetsChanged, async (version) =>
    makeTargets(await allTargets(tx), { version, now, signers }),
  );
  const snapshot = await renewed('snapshot', targets.changed, (version) =>
    makeSnapshot(targets.file, { version, now, signers }),
  );
  await renewed('timestamp', snapshot.changed, (version) => makeTimestamp(snapshot.file, { version, now, signers }));
  await forgetOldFiles(tx, new Date(now.getTime() - keepMilliseconds));
}

function nearsEnd({ role, expiresAt }: SignedFile, now: Date): boolean {
  return expiresAt.getTime() - now.getTime() < roles[role].renewBefore;
}

function requireKeysOf(root: SignedFile, signers: RoleSigners): void {
  const { signed } = JSON.parse(root.bytes.toString()) as { signed: { roles: Record<RoleName, { keyids: string[] }> } };
  const missing = roleNames.flatMap((role) =>
    signers[role].filter(({ key }) => !signed.roles[role].keyids.includes(key.keyID)),
  );
  if (missing.length > 0)
    throw new Error(
      `${missing.length} of the registry's key files are not those that root ${root.version} names. Restore them.`,
    );
}

async function writeAnchor(folder: string, root: SignedFile, log: Log): Promise<void> {
  const path = join(folder, 'root.json');
  const written = await readFile(path).catch(() => undefined);
  if (written?.equals(root.bytes)) return;
  if (written) log.warn({ path }, 'the trust anchor was of another registry and is replaced');
  await mkdir(folder, { recursive: true });
  await writeFile(path, root.bytes);
}
