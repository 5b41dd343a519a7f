import type { Tx } from '@digione/core/db';
import { isPublisher, isVendorPerson, type Caller } from '../caller.ts';
import { newestReport } from './check-report-store.ts';
import { queuePlace } from './queue-store.ts';
import type { Release } from './release-store.ts';
import { newestRevocation } from './revocation-store.ts';
import { transitionsOf } from './transition-store.ts';

/** What everybody may know of a version, and what only its vendor and reviewers may. */
export async function describeRelease(tx: Tx, release: Release, caller: Caller | undefined) {
  const { plugin, version, digest, size, state, channel, consentMajor } = release;
  const revoked = await newestRevocation(tx, plugin, version);
  const queue = await queuePlace(tx, release);
  return {
    plugin,
    version,
    digest,
    size,
    state,
    channel,
    consentMajor,
    publishedAt: release.publishedAt.toISOString(),
    ...(queue && { queue }),
    ...(revoked && { revoked }),
    ...(seesInside(release, caller) && (await inside(tx, release))),
  };
}

/** Its vendor, the coordinator's reviewers and the administrator. */
function seesInside({ plugin }: Release, caller: Caller | undefined): boolean {
  if (!caller) return false;
  const isOf = ({ namespace }: { namespace: string }) => plugin.startsWith(`${namespace}/`);
  if (isVendorPerson(caller)) return caller.memberships.some(isOf);
  return !isPublisher(caller) || isOf(caller);
}

async function inside(tx: Tx, { plugin, version }: Release) {
  const report = await newestReport(tx, plugin, version);
  const transitions = await transitionsOf(tx, plugin, version);
  return {
    checks: report?.results ?? [],
    transitions: transitions.map(({ at, ...transition }) => ({ ...transition, at: at.toISOString() })),
  };
}
