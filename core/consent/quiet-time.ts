import { type Day, daysLater } from './ages.ts';
import type { ConsentStateName } from './consent-state.ts';

/** How long nobody is asked again who said no, put it off, or disagrees with another guardian. */
export const quietDays = 90;

const answers: ReadonlySet<ConsentStateName> = new Set([
  'ConsentRefused',
  'ConsentWithdrawn',
  'ConsentRequestDeferred',
  'Disputed',
]);

/** The first day on which the same question may be put forward again; undefined when it may be now. */
export function quietUntil(state: ConsentStateName, answeredOn: Day, today: Day): Day | undefined {
  if (!answers.has(state)) return undefined;
  const end = daysLater(answeredOn, quietDays);
  return end > today ? end : undefined;
}

/** States in which an answer is waited for. */
export function isAsked(state: ConsentStateName): boolean {
  return state !== 'ConsentGiven' && state !== 'RenewedConsentGiven' && state !== 'Suspended';
}
