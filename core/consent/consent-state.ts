import type { Id } from '../kernel/index.ts';

/** The ten states of the W3C DPV profile of ISO/IEC TS 27560, and two of ours. Only the first two are valid. */
export const consentStates = [
  'ConsentGiven',
  'RenewedConsentGiven',
  'ConsentUnknown',
  'ConsentRequested',
  'ConsentRequestDeferred',
  'ConsentRefused',
  'ConsentWithdrawn',
  'ConsentExpired',
  'ConsentTerminated',
  'ConsentInvalidated',
  'Disputed',
  'Suspended',
] as const;

export type ConsentStateName = (typeof consentStates)[number];

export function isValid(state: ConsentStateName): boolean {
  return state === 'ConsentGiven' || state === 'RenewedConsentGiven';
}

/** To put it off is an answer too, and says neither yes nor no. */
export type Decision = 'give' | 'refuse' | 'withdraw' | 'defer';
/** Who must agree: any guardian (the usual), all of them, or the learner alone whatever the age. */
export type Deciders = 'any' | 'all' | 'self';

/** What one holder of the right to decide said last. */
export interface Said {
  by: Id;
  role: 'guardian' | 'learner';
  act: Exclude<Decision, 'defer'>;
}

export interface Circle {
  deciders: Deciders;
  /** Guardians who may decide today. */
  guardians: readonly Id[];
  /** Whether the learner has reached the age of deciding alone. */
  learnerDecides: boolean;
}

/**
 * The state that follows from everybody's latest word (oldest first). One no beats any yes. Once a learner of age has spoken,
 * only the learner's word counts; until then what guardians said goes on.
 */
export function foldWords(words: readonly Said[], circle: Circle): ConsentStateName {
  const learner = words.filter(({ role }) => role === 'learner');
  const alone = circle.deciders === 'self' || (circle.learnerDecides && learner.length > 0);
  const counted = alone ? learner : words.filter((word) => word.role === 'guardian');
  const last = counted.at(-1);
  if (!last) return 'ConsentUnknown';
  if (last.act === 'withdraw') return 'ConsentWithdrawn';
  const yes = counted.filter(({ act }) => act === 'give');
  if (yes.length === 0) return counted.some(({ act }) => act === 'withdraw') ? 'ConsentWithdrawn' : 'ConsentRefused';
  if (yes.length < counted.length) return 'Disputed';
  const isMissing = circle.deciders === 'all' && circle.guardians.some((id) => !yes.some(({ by }) => by === id));
  return !alone && isMissing ? 'ConsentRequested' : 'ConsentGiven';
}
