import { appendEvent } from '../../audit/index.ts';
import { insertEvent } from '../../capabilities/index.ts';
import type { Tx } from '../../db/index.ts';
import type { Actor } from '../../identity/index.ts';
import { type Clock, type Id, newId, refuse } from '../../kernel/index.ts';
import type { RequestRow } from '../request-store.ts';
import { findRecipients, keepRecipients, markRecipient } from './recipient-store.ts';
import { schoolsOfPerson } from './school-store.ts';

/** Name of the event that plugins may subscribe to: look at this learner anew. */
export const changedEvent = 'learner.dataChanged';

/**
 * Who was given the data is found in the log (Art. 19): plugins and the hosts outside that they sent it to. Plugins that
 * subscribe hear of it at once; they read anew, the event itself carries no data. The officer tells the others.
 */
export async function passOn(tx: Tx, actor: Actor, request: RequestRow, clock: Clock): Promise<void> {
  const municipality = actor.municipality.id;
  const found = await findRecipients(tx, municipality, { person: request.person, element: request.element });
  await keepRecipients(tx, { municipality, request: request.id }, found);
  const told = new Set<string>();
  for (const { kind, name } of found) {
    if (kind === 'plugin' && (await tellPlugin(tx, actor, { request, plugin: name, clock }))) told.add(name);
    const by = { municipality, actor: actor.person, actorRole: actor.role, purpose: 'own-data' };
    const subjects = [{ person: request.person, mask: 0 }];
    await appendEvent(tx, { ...by, action: 'rights.pass-on', reason: name, subjects }, clock);
  }
  for (const name of told) {
    const step = { kind: 'plugin', name, state: 'told' as const, now: clock.now(), note: null };
    await markRecipient(tx, { municipality, request: request.id }, step);
  }
}

async function tellPlugin(
  tx: Tx,
  actor: Actor,
  { request, plugin, clock }: { request: RequestRow; plugin: string; clock: Clock },
): Promise<boolean> {
  const municipality = actor.municipality.id;
  let told = 0;
  for (const school of await schoolsOfPerson(tx, municipality, { person: request.person, today: clock.today() })) {
    const event = {
      municipality,
      id: newId(),
      school,
      name: changedEvent,
      plugin: null,
      key: null,
      subject: null,
      body: { kind: request.kind, element: request.element },
      by: null,
      language: actor.language,
      at: clock.now(),
    };
    told += await insertEvent(tx, event, plugin);
  }
  return told > 0;
}

/** The officer notes that a recipient was told, or has acknowledged. */
export async function noteRecipient(
  tx: Tx,
  at: { municipality: Id; request: Id },
  step: { kind: string; name: string; state: 'told' | 'acknowledged'; note: string | null },
  clock: Clock,
): Promise<void> {
  if (!(await markRecipient(tx, at, { ...step, now: clock.now() })))
    refuse('conflict', 'There is no such recipient, or it is not at that step: first told, then acknowledged.');
}
