import type { Actor } from '../identity/index.ts';
import { type Id, refuse } from '../kernel/index.ts';
import { logAct } from './deciding.ts';
import type { RightsDeps } from './exercising.ts';
import { findReceipt } from './erasure/erasure-store.ts';

/** For whoever asked for the erasure, and for the officer. */
export function erasureReceiptOf(deps: RightsDeps, actor: Actor, id: Id): Promise<{ receipt: string }> {
  const municipality = actor.municipality.id;
  return deps.database.inTenant(municipality, async (tx) => {
    const found = await findReceipt(tx, municipality, id);
    const mayRead = found && (found.askedBy === actor.person || actor.role === 'dataProtectionOfficer');
    if (!mayRead) refuse('not-found', 'There is no such receipt of yours.');
    const action = actor.role === 'dataProtectionOfficer' ? 'rights.read' : 'family.read';
    await logAct(deps, tx, { actor, action, person: found.person });
    return { receipt: found.receipt };
  });
}
