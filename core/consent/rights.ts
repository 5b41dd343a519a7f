import { type Day, hasReached } from './ages.ts';
import type { MandateAnswer } from '../identity/index.ts';
import type { AskedPurpose } from './asked-purposes.ts';
import type { Decision } from './consent-state.ts';
import type { FamilyTie } from './family-tie.ts';

export type Rights = Record<Decision, boolean>;

/** What else decides besides the tie: the date, whether there is something to take back, and the mandate of a guardian. */
export interface RightsNow {
  today: Day;
  valid: boolean;
  mandate: MandateAnswer;
}

/**
 * What the person may do about one purpose. Before the age guardians decide; from it the learner does, and guardians can
 * only take back what was given before. A guardian whose mandate is denied decides nothing; while it is unknown they may
 * only take back, since that gives nobody more.
 */
export function rightsOf(tie: FamilyTie, asked: Pick<AskedPurpose, 'deciders' | 'selfFrom'>, now: RightsNow): Rights {
  const byTie = rightsByTie(tie, asked, now);
  if (tie.self || now.mandate === 'allowed' || now.mandate === 'not-used') return byTie;
  return { give: false, refuse: false, defer: false, withdraw: byTie.withdraw && now.mandate === 'unknown' };
}

/** Why the person may not do what the tie alone would let them do; undefined when the mandate takes nothing away. */
export function missingMandate(
  tie: FamilyTie,
  asked: Pick<AskedPurpose, 'deciders' | 'selfFrom'>,
  now: RightsNow,
): 'denied' | 'unknown' | undefined {
  if (tie.self || (now.mandate !== 'denied' && now.mandate !== 'unknown')) return undefined;
  const byTie = rightsByTie(tie, asked, now);
  const lost = now.mandate === 'denied' ? byTie.give || byTie.withdraw : byTie.give;
  return lost ? now.mandate : undefined;
}

function rightsByTie(
  tie: FamilyTie,
  asked: Pick<AskedPurpose, 'deciders' | 'selfFrom'>,
  { today, valid }: RightsNow,
): Rights {
  const learnerDecides = asked.deciders === 'self' || hasReached(asked.selfFrom, tie.birthDate, today);
  const decides = tie.canDecide && tie.self === learnerDecides;
  return {
    give: decides,
    refuse: decides,
    defer: decides && !valid,
    withdraw: decides || (tie.canDecide && !tie.self && valid),
  };
}
