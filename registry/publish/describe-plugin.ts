import type { Tx } from '@digione/core/db';
import { refuse } from '@digione/core/kernel';
import semver from 'semver';
import { summaryOf } from '../catalogue/index.ts';
import { newestListed } from './newest-listed.ts';
import { releasesOf } from './release-store.ts';
import { newestRevocation } from './revocation-store.ts';

/** The catalogue's page of a plugin. What was never approved is not in it. */
export async function describePlugin(tx: Tx, plugin: string) {
  const newest = await newestListed(tx, plugin);
  if (!newest) refuse('not-found', `The catalogue has no plugin "${plugin}".`);
  const approved = (await releasesOf(tx, plugin)).filter(({ consentMajor }) => consentMajor !== null);
  const versions = [];
  for (const release of approved.sort((one, other) => semver.rcompare(one.version, other.version))) {
    const { version, state, channel, digest, consentMajor, publishedAt } = release;
    const revoked = await newestRevocation(tx, plugin, version);
    versions.push({
      version,
      state,
      channel,
      digest,
      consentMajor,
      publishedAt: publishedAt.toISOString(),
      ...(revoked && { revoked }),
    });
  }
  return { ...summaryOf(newest), manifest: newest.manifest, versions };
}
