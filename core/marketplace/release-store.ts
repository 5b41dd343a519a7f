import type { Database, Tx } from '../db/index.ts';
import type { SignedTarget } from './signed-target.ts';

export interface KnownRelease {
  plugin: string;
  version: string;
  digest: string;
  state: SignedTarget['state'];
  revoked: boolean;
  /** Its verified bytes are in this installation. */
  held: boolean;
}

export interface Trust {
  version: number;
  refreshedAt: Date;
  expiresAt: Date;
}

/** What the registry last signed about each version. */
export interface ReleaseStore {
  known(): Promise<KnownRelease[]>;
  record(targets: SignedTarget[], metadataVersion: number): Promise<void>;
  trust(): Promise<Trust | undefined>;
  recordTrust(trust: Trust): Promise<void>;
}

export function createReleaseStore(database: Database): ReleaseStore {
  return {
    known: () => database.global((tx) => tx.query<KnownRelease>({ name: 'release-known', text: knownText })),
    record: (targets, metadataVersion) =>
      database.global(async (tx) => {
        for (const target of targets) await recordOne(tx, target, metadataVersion);
      }),
    trust: () => database.global(readTrust),
    recordTrust: (trust) =>
      database.global(async (tx) => {
        await tx.query({ text: recordTrustText, values: [trust.version, trust.refreshedAt, trust.expiresAt] });
      }),
  };
}

const knownText = `
  select plugin, version, r.digest, state, revoked, b.digest is not null as held
  from release r left join bundle b using (plugin, version)`;

// A node that lags behind holds an older snapshot: it may add, never take back.
const recordText = `
  insert into release (plugin, version, digest, state, channel, revoked, custom, metadata_version)
  values ($1, $2, $3, $4, $5, $6, $7, $8)
  on conflict (plugin, version) do update
    set digest = excluded.digest, state = excluded.state, channel = excluded.channel,
        revoked = excluded.revoked, custom = excluded.custom, metadata_version = excluded.metadata_version
    where release.metadata_version < excluded.metadata_version`;

const recordTrustText = `
  insert into registry_trust (metadata_version, refreshed_at, expires_at) values ($1, $2, $3)
  on conflict (only_row) do update
    set metadata_version = excluded.metadata_version, refreshed_at = excluded.refreshed_at, expires_at = excluded.expires_at
    where registry_trust.metadata_version <= excluded.metadata_version`;

async function recordOne(tx: Tx, target: SignedTarget, metadataVersion: number): Promise<void> {
  const killed = target.revoked?.strength === 'kill';
  const { plugin, version, digest, state, channel } = target;
  const values = [plugin, version, digest, state, channel, killed, JSON.stringify(target), metadataVersion];
  await tx.query({ name: 'release-record', text: recordText, values });
}

async function readTrust(tx: Tx): Promise<Trust | undefined> {
  const [row] = await tx.query<Trust>({
    text: 'select metadata_version as version, refreshed_at as "refreshedAt", expires_at as "expiresAt" from registry_trust',
  });
  return row;
}
