import { keyFromFile } from './key-files.ts';
import { signerOf, type Signer } from './signer.ts';

export const roleNames = ['root', 'targets', 'snapshot', 'timestamp'] as const;
export type RoleName = (typeof roleNames)[number];

const hour = 60 * 60 * 1000;
const day = 24 * hour;

/** Keys, threshold, how long a signature is good, and how much of that must be left before it is made anew. */
export const roles: Record<RoleName, { keys: number; threshold: number; lifetime: number; renewBefore: number }> = {
  root: { keys: 3, threshold: 2, lifetime: 365 * day, renewBefore: 180 * day },
  targets: { keys: 3, threshold: 2, lifetime: 90 * day, renewBefore: 45 * day },
  snapshot: { keys: 1, threshold: 1, lifetime: 14 * day, renewBefore: 7 * day },
  timestamp: { keys: 1, threshold: 1, lifetime: 24 * hour, renewBefore: 12 * hour },
};

export type RoleSigners = Record<RoleName, Signer[]>;

/** Signers of every role from `<role>-<n>.pem` files. */
export async function signersFromFiles(folder: string, options: { create: boolean }): Promise<RoleSigners> {
  const load = (role: RoleName) =>
    Promise.all(
      Array.from({ length: roles[role].keys }, async (_, index) =>
        signerOf(await keyFromFile(folder, `${role}-${index + 1}`, options)),
      ),
    );
  const [root, targets, snapshot, timestamp] = await Promise.all(roleNames.map(load));
  return { root: root!, targets: targets!, snapshot: snapshot!, timestamp: timestamp! };
}
