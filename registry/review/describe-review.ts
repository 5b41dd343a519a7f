import type { Tx } from '@digione/core/db';
import { labelsOf } from '../catalogue/index.ts';
import { consentMajorOf, describeRelease, forerunnerOf, knownRelease, releasesOf } from '../publish/index.ts';
import { diffTerms } from '../terms/index.ts';
import type { Reviewer } from '../caller.ts';

/** All that a reviewer decides from: checks, the way so far, manifest, and what changes in the data terms. */
export async function describeReview(
  tx: Tx,
  { plugin, version, reviewer }: { plugin: string; version: string; reviewer: Reviewer },
) {
  const release = await knownRelease(tx, plugin, version);
  const all = await releasesOf(tx, plugin);
  const before = forerunnerOf(release, all);
  return {
    ...(await describeRelease(tx, release, reviewer)),
    manifest: release.manifest,
    labels: labelsOf(release.manifest),
    comparedWith: before?.version ?? null,
    termChanges: before ? diffTerms(before.manifest, release.manifest) : [],
    consentMajor: release.consentMajor ?? consentMajorOf(release, all),
  };
}
