import { refuse } from '@digione/core/kernel';
import { isReviewer, type Caller } from '../caller.ts';
import { appendToLog } from '../log/index.ts';
import {
  announce,
  describeRelease,
  insertRevocation,
  lockRelease,
  moveRelease,
  type Mover,
  type Publishing,
  type Strength,
} from '../publish/index.ts';

export interface RevokeOrder {
  plugin: string;
  version: string;
  strength: Strength;
  reason: string;
  caller: Caller;
}

/** Takes trust back: the signed metadata tells of it in the transaction that makes it so. */
export async function revoke(
  { database, clock, trust }: Pick<Publishing, 'database' | 'clock' | 'trust'>,
  order: RevokeOrder,
) {
  const { plugin, version, strength, reason, caller } = order;
  const at = clock.now();
  const actor: Mover = isReviewer(caller)
    ? { kind: 'reviewer', id: caller.account }
    : { kind: 'administrator', id: 'administrator' };
  return database.global(async (tx) => {
    const release = await lockRelease(tx, plugin, version);
    if (!release) refuse('not-found', `There is no version ${version} of "${plugin}".`);
    if (release.consentMajor === null)
      refuse('transition-not-allowed', `${plugin} ${version} was never approved: there is nothing to revoke.`);
    const id = await insertRevocation(tx, { plugin, version, strength, reason, actor: actor.id, at });
    await appendToLog(tx, { kind: 'release-revoked', at, facts: { id, plugin, version, strength, reason } });
    const isOver = strength !== 'kill' || release.state === 'revoked';
    const moved = isOver
      ? release
      : await moveRelease(tx, release, { to: 'revoked', actor, reason: 'revoked', evidence: { revocation: id }, at });
    await announce(tx, moved, { trust, at });
    return describeRelease(tx, moved, caller);
  });
}
