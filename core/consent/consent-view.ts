import type { MandateAnswer } from '../identity/index.ts';
import { type Language, schoolDate, type Texts } from '../kernel/index.ts';
import type { Day } from './ages.ts';
import type { AskedPurpose } from './asked-purposes.ts';
import type { ConsentStateName } from './consent-state.ts';
import type { CurrentConsent } from './consent-store.ts';
import type { FamilyTie } from './family-tie.ts';
import { type Notice, type NoticeBody, noticeOf } from './notice.ts';
import { diffNotices, type NoticeDiff } from './notice-diff.ts';
import { isAsked, quietUntil } from './quiet-time.ts';
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
  /** What has changed since the last yes, by machine; absent when nothing has. */
  diff?: NoticeDiff;
  /** Whether the question is put forward now; after a no it rests for 90 days. It can be answered all the same. */
  prompt: boolean;
  quietUntil?: Day;
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
  /** The notice of the last yes. */
  agreed?: NoticeBody;
}

export function viewOf(
  asked: AskedPurpose,
  current: CurrentConsent | undefined,
  { tie, mandate, today, language, agreed }: ViewContext,
): ConsentView {
  const diff = agreed && diffNotices(agreed, noticeOf(asked, agreed.language).body);
  const state = stateNow(asked, current, today, diff);
  const valid = state === 'ConsentGiven' || state === 'RenewedConsentGiven';
  const now = { today, valid, mandate };
  const may = rightsOf(tie, asked, now);
  const quiet = current && quietUntil(state, schoolDate(current.changedAt), today);
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
    ...(diff && diff.kind !== 'none' && current?.revision && { diff }),
    prompt: isAsked(state) && quiet === undefined && (may.give || may.refuse),
    ...(quiet && { quietUntil: quiet }),
    may,
    mayDecide: may.give || may.refuse || may.withdraw,
    ...(missing && { mandate: missing }),
    ...(current && current.revision > 0 && { decidedAt: current.changedAt.toISOString() }),
    ...(valid && current?.expiresOn && { expiresOn: current.expiresOn }),
  };
}

/** The state as of today: an old consent under other terms is asked again, one past its end has expired. */
export function stateNow(
  asked: AskedPurpose,
  current: CurrentConsent | undefined,
  today: Day,
  diff?: NoticeDiff,
): ConsentStateName {
  if (!current || current.revision === 0) return 'ConsentUnknown';
  if (current.valid && current.expiresOn !== null && current.expiresOn <= today) return 'ConsentExpired';
  const isCovered = asked.elements.every((element) => current.elements.includes(element));
  if (current.consentMajor !== asked.consentMajor || (current.valid && !isCovered)) return 'ConsentRequested';
  if (current.valid && diff?.kind === 'material') return 'ConsentRequested';
  return current.state;
}
