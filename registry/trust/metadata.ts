import { MetaFile, Metadata, Root, Snapshot, TargetFile, Targets, Timestamp } from '@tufjs/models';
import { sha256Hex } from '@digione/core/kernel';
import { roleNames, roles, type RoleName, type RoleSigners } from './roles.ts';

/** Signed metadata as it is stored and served. */
export interface SignedFile {
  role: RoleName;
  version: number;
  bytes: Buffer;
  expiresAt: Date;
}

export interface Target {
  path: string;
  digest: string;
  length: number;
  custom: Record<string, unknown>;
}

export interface Making {
  version: number;
  now: Date;
  signers: RoleSigners;
}

const specVersion = '1.0.31';

export function makeRoot(making: Making): SignedFile {
  const root = new Root({ ...common('root', making), consistentSnapshot: true });
  for (const role of roleNames) for (const { key } of making.signers[role]) root.addKey(key, role);
  return signed('root', withThresholds(root), making);
}

export function makeTargets(targets: readonly Target[], making: Making): SignedFile {
  const files = targets.map(({ path, digest, length, custom }) => [
    path,
    new TargetFile({ path, length, hashes: { sha256: digest }, unrecognizedFields: { custom: custom as never } }),
  ]);
  return signed('targets', new Targets({ ...common('targets', making), targets: Object.fromEntries(files) }), making);
}

export function makeSnapshot(targets: SignedFile, making: Making): SignedFile {
  return signed(
    'snapshot',
    new Snapshot({ ...common('snapshot', making), meta: { 'targets.json': fileOf(targets) } }),
    making,
  );
}

export function makeTimestamp(snapshot: SignedFile, making: Making): SignedFile {
  return signed('timestamp', new Timestamp({ ...common('timestamp', making), snapshotMeta: fileOf(snapshot) }), making);
}

function common(role: RoleName, { version, now }: Making) {
  return {
    version,
    specVersion,
    expires: expiry(role, now)
      .toISOString()
      .replace(/\.\d{3}Z$/, 'Z'),
  };
}

function expiry(role: RoleName, now: Date): Date {
  return new Date(now.getTime() + roles[role].lifetime);
}

function fileOf({ version, bytes }: SignedFile): MetaFile {
  return new MetaFile({ version, length: bytes.length, hashes: { sha256: sha256Hex(bytes) } });
}

/** `addKey` leaves every threshold at one; a role object can't be changed, so the root is read anew with ours. */
function withThresholds(root: Root): Root {
  const json = root.toJSON() as { roles: Record<string, { threshold: number }> };
  for (const role of roleNames) json.roles[role]!.threshold = roles[role].threshold;
  return Root.fromJSON(json as never);
}

function signed(
  role: RoleName,
  content: Root | Targets | Snapshot | Timestamp,
  { version, now, signers }: Making,
): SignedFile {
  const metadata = new Metadata(content);
  for (const signer of signers[role].slice(0, roles[role].threshold)) metadata.sign(signer.sign);
  return { role, version, bytes: Buffer.from(JSON.stringify(metadata.toJSON())), expiresAt: expiry(role, now) };
}
