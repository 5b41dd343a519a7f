import type { Tx } from '../db/index.ts';
import type { ConsentKey } from './consent-store.ts';

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
