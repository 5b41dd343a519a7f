import type { Tx } from '@digione/core/db';
import { diffTerms, widens } from '../terms/index.ts';
import type { Trust } from '../trust/index.ts';
import { announce } from './announce.ts';
import { moveRelease } from './move-release.ts';
import { forerunnerOf } from './newest-listed.ts';
import { releasesOf, type Release } from './release-store.ts';
import type { ReasonCode } from './states.ts';
import type { Mover } from './transition-store.ts';

export interface Approval {
  actor: Mover;
  reason: ReasonCode;
  evidence: Record<string, unknown>;
  at: Date;
  trust: Trust;
}

/** Approves and releases to the stable channel: the registry's signature follows in the same transaction. */
export async function approve(
  tx: Tx,
  release: Release,
  { actor, reason, evidence, at, trust }: Approval,
): Promise<Release> {
  const consentMajor = consentMajorOf(release, await releasesOf(tx, release.plugin));
  const approved = await moveRelease(tx, release, { to: 'approved', actor, reason, evidence, consentMajor, at });
  const published = await moveRelease(tx, approved, {
    to: 'published',
    actor: { kind: 'system', id: 'registry' },
    reason: 'released-to-stable',
    channel: 'stable',
    at,
  });
  await announce(tx, published, { trust, at });
  return published;
}

/** Terms no wider than the version below keep its number; wider ones get a number that none has had. */
export function consentMajorOf(release: Release, all: readonly Release[]): number {
  const before = forerunnerOf(release, all);
  const highest = Math.max(0, ...all.map(({ consentMajor }) => consentMajor ?? 0));
  if (!before) return highest + 1;
  return widens(diffTerms(before.manifest, release.manifest)) ? highest + 1 : before.consentMajor!;
}
