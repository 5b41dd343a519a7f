import type { Manifest } from '@digione/sdk/manifest';
import type { Tx } from '../db/index.ts';
import type { SignedTarget } from './signed-target.ts';

/** A verified bundle together with what the registry last signed about it. */
export interface HeldRelease {
  plugin: string;
  version: string;
  digest: string;
  state: SignedTarget['state'];
  revoked: NonNullable<SignedTarget['revoked']> | null;
  consentMajor: number;
  manifest: Manifest;
}

const columns = `
  r.plugin, r.version, r.digest, r.state, r.custom -> 'revoked' as revoked,
  (r.custom ->> 'consentMajor')::int as "consentMajor", b.manifest
  from release r join bundle b on b.plugin = r.plugin and b.version = r.version and b.digest = r.digest`;

export async function releaseOf(tx: Tx, plugin: string, version: string): Promise<HeldRelease | undefined> {
  const text = `select ${columns} where r.plugin = $1 and r.version = $2`;
  const [row] = await tx.query<HeldRelease>({ name: 'release-one', text, values: [plugin, version] });
  return row;
}

export function releasesOf(tx: Tx, plugin: string): Promise<HeldRelease[]> {
  return tx.query({ name: 'release-all', text: `select ${columns} where r.plugin = $1`, values: [plugin] });
}

/** Every version of every plugin that may be newly enabled. */
export async function offeredReleases(tx: Tx): Promise<HeldRelease[]> {
  const text = `select ${columns} where r.state in ('approved', 'staged', 'published')`;
  return (await tx.query<HeldRelease>({ name: 'release-offered', text })).filter(isOffered);
}

/** May be newly agreed on and enabled. */
export function isOffered({ state, revoked }: Pick<HeldRelease, 'state' | 'revoked'>): boolean {
  const open = state === 'approved' || state === 'staged' || state === 'published';
  return open && (revoked === null || revoked?.strength === 'warn');
}
