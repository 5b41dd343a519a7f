import type { ArgumentOf, Capabilities, ResultOf } from '@digione/sdk/capabilities';
import type { Access } from '../../access/index.ts';
import type { Database, Tx } from '../../db/index.ts';
import { mergedInto } from '../../education/index.ts';
import type { Actor } from '../../identity/index.ts';
import { type Clock, type Id, newId, refuse } from '../../kernel/index.ts';
import type { Caller } from '../caller.ts';
import { guardiansTold, insertMessage, sentSince } from './inbox-store.ts';
import { grantedElementsOf, purposeOf } from '../scopes.ts';

type Send = Capabilities['messages.send'];

export interface MessageDeps {
  database: Database;
  access: Access;
  clock: Clock;
}

const mostPerHour = 500;

/** `messages.send`: the sender may see the learner, and so may, each by an own decision, everybody who gets it. */
export async function sendMessage(
  deps: MessageDeps,
  caller: Caller,
  { subject, to, title, text, purpose: asked }: ArgumentOf<Send>,
): Promise<ResultOf<Send>> {
  const { grant, actor } = caller;
  const { municipality, plugin, school } = grant;
  const purpose = purposeOf(grant, 'messages', asked);
  return deps.database.inTenant(municipality, async (tx) => {
    const at = deps.clock.now();
    if ((await sentSince(tx, grant, new Date(at.getTime() - 3_600_000))) >= mostPerHour)
      refuse('rate-limited', `A plugin sends ${mostPerHour} messages an hour in a school at most.`);
    const named = deps.access.person(municipality, plugin, subject);
    const child = named && ((await mergedInto(tx, municipality, [named])).get(named) ?? named);
    const maySee = child && (await sees(tx, deps, caller, { actor, child, purpose }));
    if (!child || !maySee) return refuse('not-allowed', 'No message may be sent about this learner now.');
    const recipients = await recipientsOf(tx, deps, caller, { child, purpose, to });
    const message = { municipality, id: newId(), subject: child, plugin, school, title, body: text };
    await insertMessage(tx, { ...message, sentBy: actor.person, sentAt: at }, recipients);
    return { id: message.id };
  });
}

async function recipientsOf(
  tx: Tx,
  deps: MessageDeps,
  caller: Caller,
  { child, purpose, to }: { child: Id; purpose: string; to: ArgumentOf<Send>['to'] },
): Promise<Id[]> {
  const { municipality } = caller.grant;
  const guardians = to === 'learner' ? [] : await guardiansTold(tx, municipality, { child, today: deps.clock.today() });
  const asked = guardians.map((person): Actor => ({ ...caller.actor, person, role: 'guardian' }));
  if (to !== 'guardians') asked.push({ ...caller.actor, person: child, role: 'student' });
  const recipients: Id[] = [];
  for (const actor of asked) {
    if (await sees(tx, deps, caller, { actor, child, purpose })) recipients.push(actor.person);
  }
  return recipients;
}

/** The decision for one person: would this plugin show this learner to that one? */
async function sees(
  tx: Tx,
  { access }: MessageDeps,
  { grant, lease }: Caller,
  { actor, child, purpose }: { actor: Actor; child: Id; purpose: string },
): Promise<boolean> {
  const elements = grantedElementsOf(grant, purpose);
  if (elements.length === 0) return false;
  const question = { grant, actor, purpose, elements, action: 'messages.send' as const, ...(lease ? { lease } : {}) };
  return (await access.visibleSubjects(tx, { ...question, subjects: [child] })).has(child);
}
