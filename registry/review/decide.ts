import type { Tx } from '@digione/core/db';
import { refuse } from '@digione/core/kernel';
import type { Reviewer } from '../caller.ts';
import { isMember } from '../vendors/index.ts';
import {
  approve,
  describeRelease,
  lockRelease,
  moveRelease,
  type Mover,
  type Publishing,
  type Release,
} from '../publish/index.ts';

export const decisions = ['approve', 'request-changes', 'reject', 'clear-hold'] as const;
export type DecisionWord = (typeof decisions)[number];

export interface Decision {
  plugin: string;
  version: string;
  decision: DecisionWord;
  /** Words for the vendor. */
  reason: string;
  reviewer: Reviewer;
}

type DecideDeps = Pick<Publishing, 'database' | 'clock' | 'trust'>;

/** A reviewer's answer. Whoever belongs to the vendor can't give it. */
export async function decide({ database, clock, trust }: DecideDeps, asked: Decision) {
  const { plugin, version, reviewer } = asked;
  const at = clock.now();
  return database.global(async (tx) => {
    const release = await lockRelease(tx, plugin, version);
    if (!release) refuse('not-found', `There is no version ${version} of "${plugin}".`);
    await refuseOwnVendor(tx, release, reviewer);
    const actor: Mover = { kind: 'reviewer', id: reviewer.account };
    const evidence = { note: asked.reason };
    const moved = await carryOut(tx, release, { asked, step: { actor, evidence, at }, trust });
    return describeRelease(tx, moved, reviewer);
  });
}

interface Carrying {
  asked: Decision;
  step: { actor: Mover; evidence: Record<string, unknown>; at: Date };
  trust: Publishing['trust'];
}

function carryOut(tx: Tx, release: Release, { asked, step, trust }: Carrying): Promise<Release> {
  switch (asked.decision) {
    case 'approve':
      return approve(tx, release, { ...step, reason: 'approved-by-reviewer', trust });
    case 'request-changes':
      return moveRelease(tx, release, { ...step, to: 'changes-requested', reason: 'changes-requested' });
    case 'reject':
      return moveRelease(tx, release, { ...step, to: 'withdrawn', reason: 'rejected' });
    case 'clear-hold':
      return moveRelease(tx, release, { ...step, to: 'in-review', reason: 'hold-cleared' });
  }
}

/** Approver ≠ publisher: no member of the vendor decides over its versions. */
async function refuseOwnVendor(tx: Tx, { plugin }: Release, { account }: Reviewer): Promise<void> {
  const [namespace = ''] = plugin.split('/');
  if (await isMember(tx, namespace, account))
    refuse('approver-is-publisher', `You belong to the vendor of "${plugin}". Another reviewer decides.`);
}
