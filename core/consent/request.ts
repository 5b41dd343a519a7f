import type { Tx } from '../db/index.ts';
import { type Clock, newId, schoolDate } from '../kernel/index.ts';
import { askedPurposes } from './asked-purposes.ts';
import { isValid } from './consent-state.ts';
import { type ConsentKey, lockConsent, writeRequest } from './consent-store.ts';
import { stateNow } from './consent-view.ts';
import { quietUntil } from './quiet-time.ts';

/**
 * A plugin wishes that the family be asked. The family is asked if the purpose rests on consent, nobody has answered, and the
 * quiet time after a no is over; the plugin hears nothing of which it was.
 */
export async function requestConsent(tx: Tx, key: ConsentKey, { clock }: { clock: Clock }): Promise<void> {
  const today = clock.today();
  const asked = (await askedPurposes(tx, { ...key, today })).find(
    ({ plugin, purpose }) => plugin === key.plugin && purpose === key.purpose,
  );
  if (!asked) return;
  const at = clock.now();
  const current = await lockConsent(tx, key, at);
  const state = stateNow(asked, current, today);
  if (isValid(state) || state === 'ConsentRequested' || state === 'Suspended') return;
  if (quietUntil(state, schoolDate(current.changedAt), today) !== undefined) return;
  const { elements, consentMajor } = asked;
  await writeRequest(tx, key, { id: newId(at.getTime()), revision: current.revision + 1, elements, consentMajor, at });
}

/** Whether a consent holds at this moment: for whatever goes on for longer than one statement, such as an export, before each page. */
export async function consentHolds(
  tx: Tx,
  { municipality, child, plugin, purpose }: ConsentKey,
  { today, element }: { today: string; element?: string },
): Promise<boolean> {
  const rows = await tx.query({
    name: 'consent-holds',
    text: `select from consent_state where municipality_id = $1 and person_id = $2 and plugin = $3 and purpose = $4 and valid
      and (expires_on is null or expires_on > $5::date) and ($6::text is null or $6 = any(elements))`,
    values: [municipality, child, plugin, purpose, today, element],
  });
  return rows.length > 0;
}
