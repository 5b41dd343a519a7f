import type { Tx } from '@digione/core/db';
import { refuse } from '@digione/core/kernel';
import semver from 'semver';
import { summaryOf } from '../catalogue/index.ts';
import { preferred } from './newest-listed.ts';
import { releasesOf, type Release } from './release-store.ts';
import { revocationsOf, type Revocation } from './revocation-store.ts';

/** The catalogue's page of a plugin. What was never approved is not in it. */
export async function describePlugin(tx: Tx, plugin: string) {
  const releases = await releasesOf(tx, plugin);
  const revoked = await revocationsOf(tx, plugin);
  const newest = preferred(releases, revoked);
  if (!newest) refuse('not-found', `The catalogue has no plugin "${plugin}".`);
  const versions = releases
    .filter(({ consentMajor }) => consentMajor !== null)
    .sort((one, other) => semver.rcompare(one.version, other.version))
    .map((release) => versionLine(release, revoked.get(release.version)));
  return { ...summaryOf(newest), manifest: newest.manifest, versions };
}

function versionLine({ version, state, channel, digest, consentMajor, publishedAt }: Release, revoked?: Revocation) {
  return {
    version,
    state,
    channel,
    digest,
    consentMajor,
    publishedAt: publishedAt.toISOString(),
    ...(revoked && { revoked }),
  };
}
