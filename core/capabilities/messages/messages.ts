import type { ArgumentOf, Capabilities, ResultOf } from '@digione/sdk/capabilities';
import type { Access } from '../../access/index.ts';
import type { Database, Tx } from '../../db/index.ts';
import { mergedInto } from '../../education/index.ts';
import type { Actor } from '../../identity/index.ts';
import { type Clock, type Id, newId, refuse } from '../../kernel/index.ts';
import { jobsChannel } from '../events/event-store.ts';
import type { Caller } from '../caller.ts';
import { grantedElementsOf, purposeOf } from '../scopes.ts';
import { guardiansTold, insertMessage, sentSince } from './inbox-store.ts';
import { queueMail } from './mail-store.ts';
import { quietHoursOf, settingsOf } from './notification-store.ts';
import { endOfQuiet } from './quiet-hours.ts';

type Send = Capabilities['messages.send'];
type Notify = Capabilities['notify.send'];

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
  argument: ArgumentOf<Send>,
): Promise<ResultOf<Send>> {
  const purpose = purposeOf(caller.grant, 'messages', argument.purpose);
  return deps.database.inTenant(caller.grant.municipality, async (tx) => {
    const { id } = await keepMessage(tx, deps, caller, { ...argument, purpose });
    return { id };
  });
}

/** `notify.send`: the same message, and a letter to each recipient that says there is one, once the quiet hours are over. */
export async function sendNotification(
  deps: MessageDeps & { letters: boolean },
  caller: Caller,
  argument: ArgumentOf<Notify>,
): Promise<ResultOf<Notify>> {
  const { municipality, plugin, school } = caller.grant;
  const purpose = purposeOf(caller.grant, 'notify', argument.purpose);
  return deps.database.inTenant(municipality, async (tx) => {
    const { id, child, recipients } = await keepMessage(tx, deps, caller, { ...argument, purpose });
    if (!deps.letters) return { id };
    const at = deps.clock.now();
    const everybody = await quietHoursOf(tx, municipality);
    for (const { person, role } of recipients) {
      const own = (await settingsOf(tx, municipality, person)).quiet;
      const nextAt = endOfQuiet(
        at,
        [own, everybody].filter((one) => one !== null),
      );
      const mail = { municipality, message: id, recipient: person, role, subject: child, plugin, school, purpose };
      await queueMail(tx, mail, { at, nextAt });
    }
    if (recipients.length > 0)
      await tx.query({ text: 'select pg_notify($1, $2)', values: [jobsChannel, JSON.stringify({ municipality })] });
    return { id };
  });
}

interface Recipient {
  person: Id;
  role: 'guardian' | 'student';
}

async function keepMessage(
  tx: Tx,
  deps: MessageDeps,
  caller: Caller,
  { subject, to, title, text, purpose }: ArgumentOf<Send> & { purpose: string },
): Promise<{ id: Id; child: Id; recipients: Recipient[] }> {
  const { grant, actor } = caller;
  const { municipality, plugin, school } = grant;
  const at = deps.clock.now();
  if ((await sentSince(tx, grant, new Date(at.getTime() - 3_600_000))) >= mostPerHour)
    refuse('rate-limited', `A plugin sends ${mostPerHour} messages an hour in a school at most.`);
  const named = deps.access.person(municipality, plugin, subject);
  const child = named && ((await mergedInto(tx, municipality, [named])).get(named) ?? named);
  const maySee = child && (await sees(tx, deps, caller, { actor, child, purpose }));
  if (!child || !maySee) return refuse('not-allowed', 'No message may be sent about this learner now.');
  const recipients = await recipientsOf(tx, deps, caller, { child, purpose, to });
  const message = { municipality, id: newId(), subject: child, plugin, school, title, body: text };
  const persons = recipients.map(({ person }) => person);
  await insertMessage(tx, { ...message, sentBy: actor.person, sentAt: at }, persons);
  return { id: message.id, child, recipients };
}

async function recipientsOf(
  tx: Tx,
  deps: MessageDeps,
  caller: Caller,
  { child, purpose, to }: { child: Id; purpose: string; to: ArgumentOf<Send>['to'] },
): Promise<Recipient[]> {
  const { municipality } = caller.grant;
  const guardians = to === 'learner' ? [] : await guardiansTold(tx, municipality, { child, today: deps.clock.today() });
  const asked: Recipient[] = guardians.map((person) => ({ person, role: 'guardian' }));
  if (to !== 'guardians') asked.push({ person: child, role: 'student' });
  const recipients: Recipient[] = [];
  for (const one of asked) {
    const actor = { ...caller.actor, ...one };
    if (await sees(tx, deps, caller, { actor, child, purpose })) recipients.push(one);
  }
  return recipients;
}

export interface ToldStill {
  grant: Caller['grant'];
  actor: Actor;
  child: Id;
  purpose: string;
}

/** Whether the recipient may be told of the child now, by the relation's rules and the decision, both. */
export async function isToldStill(
  tx: Tx,
  deps: Pick<MessageDeps, 'access' | 'clock'>,
  { grant, actor, child, purpose }: ToldStill,
): Promise<boolean> {
  const today = deps.clock.today();
  const isTold =
    actor.person === child || (await guardiansTold(tx, grant.municipality, { child, today })).includes(actor.person);
  return isTold && sees(tx, deps, { grant }, { actor, child, purpose });
}

/** The decision for one person: would this plugin show this learner to that one? */
async function sees(
  tx: Tx,
  { access }: Pick<MessageDeps, 'access'>,
  { grant, lease }: Pick<Caller, 'grant' | 'lease'>,
  { actor, child, purpose }: { actor: Actor; child: Id; purpose: string },
): Promise<boolean> {
  const elements = grantedElementsOf(grant, purpose);
  if (elements.length === 0) return false;
  const question = { grant, actor, purpose, elements, action: 'messages.send' as const, ...(lease ? { lease } : {}) };
  return (await access.visibleSubjects(tx, { ...question, subjects: [child] })).has(child);
}
