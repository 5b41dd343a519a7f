export { type Consent, type ConsentAct, type ConsentOptions, createConsent } from './consent.ts';
export type { ConsentChanged, ConsentDecision } from './decision.ts';
export { consentRoutes } from './routes.ts';
export type { ConsentView } from './consent-view.ts';
export { type ConsentStateName, consentStates, isValid } from './consent-state.ts';
export { type FamilyTie, familyTie, familyTies } from './family-tie.ts';
export { elementText } from './notice.ts';
export { adultAge, type Day, dayOfAge, daysLater, hasReached, isMinor } from './ages.ts';
export { consentsFollow } from './consents-follow.ts';
