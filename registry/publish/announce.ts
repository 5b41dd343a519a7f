import type { Tx } from '@digione/core/db';
import { refreshListing } from '../catalogue/index.ts';
import { appendToLog } from '../log/index.ts';
import { putTarget, type Trust } from '../trust/index.ts';
import type { Release } from './release-store.ts';
import { newestRevocation } from './revocation-store.ts';
import { newestListed } from './newest-listed.ts';

/** Tells the world of a release's new state, in the transaction that made it: log, catalogue, signed metadata. */
export async function announce(tx: Tx, release: Release, { trust, at }: { trust: Trust; at: Date }): Promise<void> {
  const { plugin, version, digest, size, state } = release;
  await appendToLog(tx, {
    kind: 'release-state',
    at,
    facts: { plugin, version, digest, state, channel: release.channel },
  });
  await refreshListing(tx, plugin, await newestListed(tx, plugin));
  if (release.consentMajor === null) return; // never approved, so never a target
  const revoked = await newestRevocation(tx, plugin, version);
  await putTarget(tx, {
    path: `${plugin}/${version}.digione`,
    digest,
    length: size,
    custom: { ...targetFacts(release), ...(revoked && { revoked }) },
  });
  await trust.sign(tx);
}

function targetFacts({ plugin, version, digest, manifestDigest, state, channel, consentMajor }: Release) {
  return { plugin, version, digest, manifestDigest, state, channel, consentMajor };
}
