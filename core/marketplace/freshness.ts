import { type Clock, refuse } from '../kernel/index.ts';
import type { ReleaseStore } from './release-store.ts';

export interface Freshness {
  /** When the registry's metadata was last fetched and verified by any node; absent before the first time. */
  asOf?: string;
  /** False when what is shown may be out of date: the registry was silent for longer than usual. */
  fresh: boolean;
}

const silentFor = 60_000;

export async function freshness(releases: ReleaseStore, clock: Clock): Promise<Freshness> {
  const trust = await releases.trust();
  if (!trust) return { fresh: false };
  const age = clock.now().getTime() - trust.refreshedAt.getTime();
  return { asOf: trust.refreshedAt.toISOString(), fresh: age < silentFor };
}

/**
 * Nothing new is decided on metadata whose signature has ended: a version could have been revoked since.
 * What is already enabled goes on working.
 */
export async function checkFresh(releases: ReleaseStore, clock: Clock): Promise<void> {
  const trust = await releases.trust();
  if (trust && trust.expiresAt > clock.now()) return;
  refuse(
    'registry-stale',
    'The registry has not been reached for too long to decide on anything new. What is enabled goes on working.',
  );
}
