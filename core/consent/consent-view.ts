import type { MandateAnswer } from '../identity/index.ts';
import type { Language, Texts } from '../kernel/index.ts';
import type { Day } from './ages.ts';
import type { AskedPurpose } from './asked-purposes.ts';
import type { ConsentStateName } from './consent-state.ts';
import type { CurrentConsent } from './consent-store.ts';
import type { FamilyTie } from './family-tie.ts';
import { type Notice, noticeOf } from './notice.ts';
import { missingMandate, type Rights, rightsOf } from './rights.ts';

/** One purpose of one plugin as the family sees it. */
export interface ConsentView {
  plugin: string;
  name: Texts;
  purpose: string;
  text: Texts;
  withoutConsent?: Texts;
  state: ConsentStateName;
  valid: boolean;
  notice: Notice;
  may: Rights;
  mayDecide: boolean;
  /** Present when Suomi.fi authorisations, and nothing else, take a decision from this guardian. */
  mandate?: 'denied' | 'unknown';
  decidedAt?: string;
  expiresOn?: Day;
}

export interface ViewContext {
  tie: FamilyTie;
  mandate: MandateAnswer;
  today: Day;
  language: Language;
}

export function viewOf(
  asked: AskedPurpose,
  current: CurrentConsent | undefined,
  { tie, mandate, today, language }: ViewContext,
): ConsentView {
  const state = stateNow(asked, current, today);
  const valid = state === 'ConsentGiven' || state === 'RenewedConsentGiven';
  const now = { today, valid, mandate };
  const may = rightsOf(tie, asked, now);
  const missing = missingMandate(tie, asked, now);
  const described = asked.document.purposes.find(({ id }) => id === asked.purpose);
  return {
    plugin: asked.plugin,
    name: asked.name,
    purpose: asked.purpose,
    text: described?.text ?? { fi: asked.purpose, sv: asked.purpose, en: asked.purpose },
    ...(described?.withoutConsent && { withoutConsent: described.withoutConsent }),
    state,
    valid,
    notice: noticeOf(asked, language),
    may,
    mayDecide: may.give || may.refuse || may.withdraw,
    ...(missing && { mandate: missing }),
    ...(current && current.revision > 0 && { decidedAt: current.changedAt.toISOString() }),
    ...(valid && current?.expiresOn && { expiresOn: current.expiresOn }),
  };
}

/** The state as of today: an old consent under other terms is asked again, one past its end has expired. */
export function stateNow(asked: AskedPurpose, current: CurrentConsent | undefined, today: Day): ConsentStateName {
  if (!current || current.revision === 0) return 'ConsentUnknown';
  if (current.valid && current.expiresOn !== null && current.expiresOn <= today) return 'ConsentExpired';
  const isCovered = asked.elements.every((element) => current.elements.includes(element));
  if (current.consentMajor !== asked.consentMajor || (current.valid && !isCovered)) return 'ConsentRequested';
  return current.state;
}
