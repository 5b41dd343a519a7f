import { appendEvent } from '../audit/index.ts';
import type { Tx } from '../db/index.ts';
import type { Actor } from '../identity/index.ts';
import type { Clock, Id } from '../kernel/index.ts';

/** Something that a person did here which the audit log keeps. */
export interface MarketplaceAct {
  act: 'agreement.accept' | 'enablement.enable' | 'enablement.stop' | 'enablement.resume' | 'enablement.update';
  plugin: string;
  version: string;
  school?: Id;
  reason?: string;
}

/** Appends to the audit log inside the transaction of the act: no log, no act. */
export async function recordAct(
  tx: Tx,
  clock: Clock,
  { actor, ...done }: MarketplaceAct & { actor: Actor },
): Promise<void> {
  const { act, ...about } = done;
  const event = {
    municipality: actor.municipality.id,
    action: act,
    actor: actor.person,
    actorRole: actor.role,
    ...about,
  };
  await appendEvent(tx, event, clock);
}
