import { type Day, hasReached } from './ages.ts';
import type { AskedPurpose } from './asked-purposes.ts';
import type { Decision } from './consent-state.ts';
import type { FamilyTie } from './family-tie.ts';

export type Rights = Record<Decision, boolean>;

/**
 * What the person may do about one purpose. Before the age guardians decide; from it the learner does, and guardians can
 * only take back what was given before.
 */
export function rightsOf(
  tie: FamilyTie,
  asked: Pick<AskedPurpose, 'deciders' | 'selfFrom'>,
  now: { today: Day; valid: boolean },
): Rights {
  const learnerDecides = asked.deciders === 'self' || hasReached(asked.selfFrom, tie.birthDate, now.today);
  const decides = tie.canDecide && tie.self === learnerDecides;
  return { give: decides, refuse: decides, withdraw: decides || (tie.canDecide && !tie.self && now.valid) };
}
