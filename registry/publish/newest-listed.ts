import type { Tx } from '@digione/core/db';
import semver from 'semver';
import { releasesOf, type Release } from './release-store.ts';
import { revocationsOf, type Revocation } from './revocation-store.ts';
import { listedStates } from './states.ts';

/**
 * The version that the catalogue shows: the highest of the best state, finished versions before previews. One that may not be
 * newly enabled is not offered.
 */
export async function newestListed(tx: Tx, plugin: string): Promise<Release | undefined> {
  return preferred(await releasesOf(tx, plugin), await revocationsOf(tx, plugin));
}

export function preferred(releases: readonly Release[], revoked: ReadonlyMap<string, Revocation>): Release | undefined {
  const isOffered = ({ state, version }: Release) =>
    listedStates.includes(state) && (revoked.get(version)?.strength ?? 'warn') === 'warn';
  return releases.filter(isOffered).sort(byPreference)[0];
}

/** The approved version just below this one: what its data terms are compared with. */
export function forerunnerOf(release: Release, all: readonly Release[]): Release | undefined {
  return all
    .filter(({ version, consentMajor }) => consentMajor !== null && semver.lt(version, release.version))
    .sort((one, other) => semver.rcompare(one.version, other.version))[0];
}

function byPreference(one: Release, other: Release): number {
  const preview = Number(isPreview(one)) - Number(isPreview(other));
  const outdated = Number(one.state === 'deprecated') - Number(other.state === 'deprecated');
  return preview || outdated || semver.rcompare(one.version, other.version);
}

function isPreview({ version }: Release): boolean {
  return semver.prerelease(version) !== null;
}
