import type { Tx } from '../db/index.ts';
import { type Id, newId } from '../kernel/index.ts';
import type { Day } from './ages.ts';
import { askedPurposes } from './asked-purposes.ts';
import { isValid } from './consent-state.ts';
import { type ConsentKey, lockConsent } from './consent-store.ts';
import { stateNow } from './consent-view.ts';
import { writeRequest } from './request-store.ts';

const peaceMs = 90 * 86_400_000;

export interface ConsentRequest extends ConsentKey {
  at: Date;
  today: Day;
}

/**
 * Puts a plugin's question before the family, unless it stands there already, is answered with yes, or was answered with no in
 * the last 90 days. Answers whether the family is asked anew; undefined when nothing of the kind rests on consent here.
 */
export async function requestConsent(
  tx: Tx,
  { at, today, ...key }: ConsentRequest,
): Promise<{ asked: boolean; event?: Id } | undefined> {
  const found = (await askedPurposes(tx, { ...key, today })).find(
    ({ plugin, purpose }) => plugin === key.plugin && purpose === key.purpose,
  );
  if (!found) return undefined;
  const current = await lockConsent(tx, key, at);
  const isLeftInPeace = current.revision > 0 && at.getTime() - current.changedAt.getTime() < peaceMs;
  // Under new terms an old word says nothing: then the question stands anew whatever was said.
  const isSameTerms = current.consentMajor === found.consentMajor;
  const state = stateNow(found, current, today);
  if (isValid(state) || state === 'Suspended' || (isLeftInPeace && isSameTerms)) return { asked: false };
  const event = newId(at.getTime());
  const { elements, consentMajor } = found;
  await writeRequest(tx, key, { id: event, revision: current.revision + 1, elements, consentMajor, at });
  return { asked: true, event };
}
