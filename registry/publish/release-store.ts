import type { Tx } from '@digione/core/db';
import { refuse, type Id } from '@digione/core/kernel';
import type { Manifest } from '@digione/sdk/manifest';
import type { ReleaseState } from './states.ts';

/** A version of a plugin, with the terms under which it was uploaded. */
export interface Release {
  plugin: string;
  version: string;
  digest: string;
  size: number;
  manifest: Manifest;
  manifestDigest: string;
  state: ReleaseState;
  channel: string | null;
  consentMajor: number | null;
  lane: 'new' | 'update';
  publishedBy: Id;
  publishedAt: Date;
  stateSince: Date;
}

export interface NewRelease extends Omit<Release, 'state' | 'channel' | 'consentMajor' | 'lane' | 'stateSince'> {
  vendor: Id;
  bytes: Uint8Array;
  envelope: string;
  keyId: string;
}

const columns = `plugin, version, digest, size, manifest, manifest_digest as "manifestDigest", state, channel,
  consent_major as "consentMajor", lane, published_by as "publishedBy", published_at as "publishedAt", state_since as "stateSince"`;

/** False when the version exists already; then nothing of it may be kept, so the caller rolls back or answers with the old one. */
export async function insertRelease(tx: Tx, release: NewRelease): Promise<boolean> {
  const { plugin, version, digest, publishedAt: at } = release;
  await tx.query({
    name: 'plugin-insert',
    text: 'insert into plugin (id, vendor_id, created_at) values ($1, $2, $3) on conflict (id) do nothing',
    values: [plugin, release.vendor, at],
  });
  await tx.query({
    name: 'content-insert',
    text: 'insert into content (digest, bytes) values ($1, $2) on conflict (digest) do nothing',
    values: [digest, release.bytes],
  });
  const rows = await tx.query({
    name: 'release-insert',
    text: `insert into release (plugin, version, digest, size, manifest, manifest_digest, envelope, key_id, state, lane, published_by, published_at, state_since)
           values ($1, $2, $3, $4, $5, $6, $7, $8, 'uploaded',
             case when exists (select from release where plugin = $1 and consent_major is not null) then 'update' else 'new' end, $9, $10, $10)
           on conflict (plugin, version) do nothing returning plugin`,
    values: [
      plugin,
      version,
      digest,
      release.size,
      release.manifest,
      release.manifestDigest,
      release.envelope,
      release.keyId,
      release.publishedBy,
      at,
    ],
  });
  return rows.length === 1;
}

export async function findRelease(tx: Tx, plugin: string, version: string): Promise<Release | undefined> {
  const [release] = await tx.query<Release>({
    name: 'release-find',
    text: `select ${columns} from release where plugin = $1 and version = $2`,
    values: [plugin, version],
  });
  return release;
}

export async function knownRelease(tx: Tx, plugin: string, version: string): Promise<Release> {
  return (
    (await findRelease(tx, plugin, version)) ?? refuse('not-found', `There is no version ${version} of "${plugin}".`)
  );
}

/** The release for a change; others who want to change it wait. */
export async function lockRelease(tx: Tx, plugin: string, version: string): Promise<Release | undefined> {
  // one change of a plugin at a time: its versions are compared with each other
  await tx.query({ name: 'plugin-lock', text: 'select id from plugin where id = $1 for update', values: [plugin] });
  return findRelease(tx, plugin, version);
}

/** All versions of a plugin, unordered: SemVer order is not the database's. */
export function releasesOf(tx: Tx, plugin: string): Promise<Release[]> {
  return tx.query<Release>({
    name: 'releases-of',
    text: `select ${columns} from release where plugin = $1`,
    values: [plugin],
  });
}

/** All versions of all plugins of a vendor, the latest upload first. */
export function releasesOfVendor(tx: Tx, vendor: Id): Promise<Release[]> {
  return tx.query<Release>({
    name: 'releases-of-vendor',
    text: `select r.* from (select ${columns} from release) r join plugin p on p.id = r.plugin
           where p.vendor_id = $1 order by r."publishedAt" desc limit 1000`,
    values: [vendor],
  });
}

export interface ReleaseChange {
  state: ReleaseState;
  channel: string | null;
  consentMajor: number | null;
  at: Date;
}

export async function updateRelease(tx: Tx, { plugin, version }: Release, change: ReleaseChange): Promise<void> {
  await tx.query({
    name: 'release-update',
    text: `update release set state = $3, channel = $4, consent_major = $5, state_since = $6 where plugin = $1 and version = $2`,
    values: [plugin, version, change.state, change.channel, change.consentMajor, change.at],
  });
}

export async function bytesOf(tx: Tx, digest: string): Promise<Buffer> {
  const [row] = await tx.query<{ bytes: Buffer }>({
    name: 'content-find',
    text: 'select bytes from content where digest = $1',
    values: [digest],
  });
  return row!.bytes;
}

export async function otherPlugins(tx: Tx, plugin: string): Promise<string[]> {
  const rows = await tx.query<{ id: string }>({
    name: 'plugins-other',
    text: 'select id from plugin where id <> $1 order by id',
    values: [plugin],
  });
  return rows.map(({ id }) => id);
}
