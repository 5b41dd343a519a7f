import { appendEvent, destroySubjectKey } from '../../audit/index.ts';
import { oweAfterErasure } from '../../capabilities/index.ts';
import type { Tx } from '../../db/index.ts';
import { type Id, newId, sha256Hex } from '../../kernel/index.ts';
import type { RightsDeps } from '../exercising.ts';
import { destroy } from './destroy-store.ts';
import { nextAugust } from './erasure-plan.ts';
import { erasureReceipt } from './erasure-receipt.ts';
import { claimDue, type DueErasure, erasuresOf, keepReceipt, markDone, putOff } from './erasure-store.ts';
import { isHere } from './holdings-store.ts';

export type EraseDeps = Pick<RightsDeps, 'database' | 'clock' | 'signer' | 'access'>;

/**
 * Erases one source that is due: what was decided now, or what a retention has ended for. The rows, the event, the digest
 * and, with the last one that is due, the receipt are one transaction.
 */
export function eraseRound({ database, clock, signer, access }: EraseDeps, municipality: Id): Promise<number> {
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
    await afterLast(tx, { municipality, due, signer, clock, access });
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

/** With the last line that is due: processors outside are told what of theirs goes too, and the family has its receipt. */
async function afterLast(
  tx: Tx,
  {
    municipality,
    due,
    signer,
    clock,
    access,
  }: { municipality: Id; due: DueErasure } & Pick<EraseDeps, 'signer' | 'clock' | 'access'>,
): Promise<void> {
  const { request, person } = due;
  const lines = await erasuresOf(tx, municipality, request);
  if (lines.some(({ doneAt, dueOn }) => doneAt === null && dueOn !== null && dueOn <= clock.today())) return;
  const gone = lines.filter(({ doneAt }) => doneAt !== null);
  const everything = gone.some(({ source }) => source === 'person');
  const plugins = everything ? 'all' : new Set(gone.map(({ plugin }) => plugin));
  await oweAfterErasure(tx, { clock, access }, { municipality, person, plugins });
  const receipt = erasureReceipt({ municipality, request, person, lines, now: clock.now() }, signer);
  await keepReceipt(tx, { municipality, request }, { id: newId(), at: clock.now(), receipt });
}
