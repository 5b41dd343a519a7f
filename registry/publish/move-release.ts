import type { Tx } from '@digione/core/db';
import { refuse } from '@digione/core/kernel';
import { updateRelease, type Release } from './release-store.ts';
import { mayMove, type ReasonCode, type ReleaseState } from './states.ts';
import { insertTransition, type Mover } from './transition-store.ts';

export interface ReleaseMove {
  to: ReleaseState;
  actor: Mover;
  reason: ReasonCode;
  evidence?: Record<string, unknown>;
  channel?: string;
  consentMajor?: number;
  at: Date;
}

/** Moves a release that the caller has locked, and writes down who and why. Returns it as it stands now. */
export async function moveRelease(tx: Tx, release: Release, move: ReleaseMove): Promise<Release> {
  const { to, actor, reason, evidence = {}, at } = move;
  if (!mayMove({ from: release.state, to, by: actor.kind }))
    refuse(
      'transition-not-allowed',
      `Version ${release.version} of "${release.plugin}" is ${release.state}: a ${actor.kind} can't make it ${to}.`,
      {
        extra: { state: release.state },
      },
    );
  const moved: Release = {
    ...release,
    state: to,
    channel: move.channel ?? release.channel,
    consentMajor: move.consentMajor ?? release.consentMajor,
    stateSince: at,
  };
  await updateRelease(tx, release, { state: to, channel: moved.channel, consentMajor: moved.consentMajor, at });
  await insertTransition(tx, release, { from: release.state, to, actor, reason, evidence, at });
  return moved;
}
