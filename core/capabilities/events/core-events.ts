import type { CoreEventName } from '@digione/sdk/manifest';
import type { Tx } from '../../db/index.ts';
import { type Id, newId } from '../../kernel/index.ts';
import type { Caller } from '../caller.ts';
import { insertEvent, type NewEvent, schoolsUsing, subscribersIn } from './event-store.ts';

export interface LearnersTold {
  name: CoreEventName;
  learners: readonly Id[];
  at: Date;
}

/**
 * The core's own word about learners of the school, in the transaction that makes it true. At each delivery it is decided anew
 * whether the plugin may see the learner with the person who acted.
 */
export async function tellOfLearners(
  tx: Tx,
  { grant, actor }: Pick<Caller, 'grant' | 'actor'>,
  { name, learners, at }: LearnersTold,
): Promise<void> {
  const { municipality, school } = grant;
  if ((await subscribersIn(tx, { municipality, school, name })) === 0) return;
  const by = { person: actor.person, role: actor.role };
  const event = { municipality, school, name, plugin: null, key: null, body: {}, by, language: actor.language, at };
  for (const subject of learners) await insertEvent(tx, { ...event, id: newId(), subject });
}

export interface ConsentTold extends Pick<NewEvent, 'municipality' | 'language' | 'at'> {
  plugin: string;
  purpose: string;
  subject: Id;
  /** Null: nobody acted in person, a deadline did. */
  by: { person: Id; role: string } | null;
}

/** `consent.changed`, to the plugin that the consent is about, in the schools where it is in use; a school that is not the learner's is not told. */
export async function tellOfConsent(tx: Tx, told: ConsentTold): Promise<void> {
  const { municipality, plugin, purpose, subject, by, language, at } = told;
  const body = { purpose };
  const event = { municipality, name: 'consent.changed', plugin: null, key: null, body, by, language, at, subject };
  for (const school of await schoolsUsing(tx, municipality, plugin))
    if ((await subscribersIn(tx, { municipality, school, name: event.name })) > 0)
      await insertEvent(tx, { ...event, id: newId(), school }, plugin);
}
