import type { Tx } from '../db/index.ts';
import type { Id } from '../kernel/index.ts';
import type { ConsentKey } from './consent-store.ts';

export interface RequestEvent {
  id: Id;
  revision: number;
  elements: readonly string[];
  consentMajor: number;
  at: Date;
}

/** The question as an event of the consent and as its state, in the caller's transaction. */
export async function writeRequest(tx: Tx, key: ConsentKey, request: RequestEvent): Promise<void> {
  const { id, revision, elements, consentMajor, at } = request;
  const keyed = [key.municipality, key.child, key.plugin, key.purpose];
  await tx.query({
    text: `insert into consent_event (municipality_id, person_id, plugin, purpose, id, revision, act, state, by_role, page, buttons,
        elements, consent_major, at)
      values ($1, $2, $3, $4, $5, $6, 'request', 'ConsentRequested', 'system', 'plugin', '{}', $7, $8, $9)`,
    values: [...keyed, id, revision, elements, consentMajor, at],
  });
  await tx.query({
    text: `update consent_state set state = 'ConsentRequested', valid = false, elements = $5, consent_major = $6, revision = $7, changed_at = $8
      where municipality_id = $1 and person_id = $2 and plugin = $3 and purpose = $4`,
    values: [...keyed, elements, consentMajor, revision, at],
  });
}
