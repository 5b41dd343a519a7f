import { appendEvent, destroySubjectKey } from '../../audit/index.ts';
import type { Tx } from '../../db/index.ts';
import { type Id, newId, sha256Hex } from '../../kernel/index.ts';
import type { RightsDeps } from '../exercising.ts';
import { destroy } from './destroy-store.ts';
import { nextAugust } from './erasure-plan.ts';
import { erasureReceipt } from './erasure-receipt.ts';
import { claimDue, type DueErasure, erasuresOf, keepReceipt, markDone, putOff } from './erasure-store.ts';
import { isHere } from './holdings-store.ts';

export type EraseDeps = Pick<RightsDeps, 'database' | 'clock' | 'signer'>;

/**
 * Erases one source that is due: what was decided now, or what a retention has ended for. The rows, the event, the digest
 * and, with the last one that is due, the receipt are one transaction.
 */
export function eraseRound({ database, clock, signer }: EraseDeps, municipality: Id): Promise<number> {
  return database.inTenant(municipality, async (tx) => {
    const today = clock.today();
    const due = await claimDue(tx, municipality, today);
    if (!due) return 0;
    const at = { municipality, ...due };
    if (due.rule === 'schooling' && (await isHere(tx, municipality, { person: due.person, today }))) {
      await putOff(tx, at, nextAugust(today));
      return 1;
    }
    const keys = await destroyed(tx, municipality, due, clock);
    await markDone(tx, at, { at: clock.now(), rows: keys.length, digest: sha256Hex(keys.join('\n')) });
    const event = {
      municipality,
      action: 'rights.erase',
      purpose: 'own-data',
      actorRole: 'system',
      subjects: [{ person: due.person, mask: 0 }],
      ...(due.plugin && { plugin: due.plugin }),
    };
    await appendEvent(tx, event, clock);
    await receiptAfterLast(tx, { municipality, due, signer, now: clock.now() }, today);
    return 1;
  });
}

async function destroyed(tx: Tx, municipality: Id, due: DueErasure, clock: RightsDeps['clock']): Promise<string[]> {
  const { person, source, plugin, purpose, decidedAt } = due;
  if (source === 'audit') return (await destroySubjectKey(tx, { municipality, person }, clock)) ? ['key'] : [];
  const keys = await destroy(tx, source, { municipality, person, plugin, purpose, before: decidedAt });
  if (!keys) throw new Error(`Nothing here destroys the source "${source}".`);
  return keys;
}

async function receiptAfterLast(
  tx: Tx,
  { municipality, due, signer, now }: { municipality: Id; due: DueErasure; signer: RightsDeps['signer']; now: Date },
  today: string,
): Promise<void> {
  const lines = await erasuresOf(tx, municipality, due.request);
  if (lines.some(({ doneAt, dueOn }) => doneAt === null && dueOn !== null && dueOn <= today)) return;
  const { request, person } = due;
  const receipt = erasureReceipt({ municipality, request, person, lines, now }, signer);
  await keepReceipt(tx, { municipality, request }, { id: newId(), at: now, receipt });
}
