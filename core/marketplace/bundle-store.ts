import type { Manifest } from '@digione/sdk/manifest';
import type { Database } from '../db/index.ts';

export interface HeldBundle {
  plugin: string;
  version: string;
  digest: string;
  manifest: Manifest;
  bytes: Buffer;
  verifiedAt: Date;
}

/** Verified bundles, shared by all nodes: what is in here runs on when the registry is away. */
export interface BundleStore {
  put(bundle: HeldBundle): Promise<void>;
  bytes(digest: string): Promise<Buffer | undefined>;
}

export function createBundleStore(database: Database): BundleStore {
  return {
    put: ({ plugin, version, digest, manifest, bytes, verifiedAt }) =>
      database.global(async (tx) => {
        await tx.query({
          text: putText,
          values: [plugin, version, digest, JSON.stringify(manifest), bytes, verifiedAt],
        });
      }),
    bytes: (digest) =>
      database.global(async (tx) => {
        const text = 'select bytes from bundle where digest = $1';
        const [row] = await tx.query<{ bytes: Buffer }>({ name: 'bundle-bytes', text, values: [digest] });
        return row?.bytes;
      }),
  };
}

const putText = `
  insert into bundle (plugin, version, digest, manifest, bytes, verified_at)
  values ($1, $2, $3, $4, $5, $6)
  on conflict (plugin, version) do nothing`;
