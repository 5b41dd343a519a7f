import type { ArgumentOf, Capabilities, ResultOf } from '@digione/sdk/capabilities';
import type { Access } from '../../access/index.ts';
import { appendEvent, bitsOf } from '../../audit/index.ts';
import type { Database, Tx } from '../../db/index.ts';
import { mergedInto } from '../../education/index.ts';
import { type Clock, type Id, newId, refuse } from '../../kernel/index.ts';
import type { Caller } from '../caller.ts';
import type { CollectionChecks } from '../storage/collections.ts';
import { insertEvent, publishedSince } from './event-store.ts';

type Publish = Capabilities['events.publish'];

export interface EventDeps {
  database: Database;
  access: Access;
  clock: Clock;
  checks: CollectionChecks;
}

const bodyBytes = 16_000;
const mostPerHour = 2_000;

/** `events.publish`: kept with whom to tell, in one transaction; it is delivered afterwards, at least once. */
export async function publishEvent(
  { database, access, clock, checks }: EventDeps,
  caller: Caller,
  { name, key, subject, body }: ArgumentOf<Publish>,
): Promise<ResultOf<Publish>> {
  checkEvent(checks, caller, { name, body });
  const { municipality, plugin, school } = caller.grant;
  return database.inTenant(municipality, async (tx) => {
    const at = clock.now();
    await checkPace(tx, caller, at);
    const about = subject === undefined ? null : await checkSubject(tx, access, caller, subject);
    const alone = about === null && caller.seen.persons.size > 0;
    if (!alone) await recordDisclosure(tx, { access, clock }, caller);
    const by = { person: caller.actor.person, role: caller.actor.role };
    const event = { municipality, id: newId(), school, name, plugin, key: key ?? null, subject: about, body, by, at };
    // Without a subject nothing could be decided for those whose data this context has read: it stays with the plugin.
    await insertEvent(tx, { ...event, language: caller.actor.language }, alone ? plugin : null);
    return { id: event.id };
  });
}

function checkEvent(
  checks: CollectionChecks,
  { grant }: Caller,
  { name, body }: Pick<ArgumentOf<Publish>, 'name' | 'body'>,
): void {
  const { publishes = [], schemas = {} } = grant.manifest.events ?? {};
  const schema = publishes.includes(name) ? schemas[name] : undefined;
  if (!schema)
    refuse(
      'scope-missing',
      `Plugin "${grant.plugin}" published "${name}", which its manifest does not declare. Add it and its schema to "events" in digione.json.`,
    );
  checks.check(grant, { name, schema, subject: false, purpose: '' }, body);
  const text = JSON.stringify(body);
  if (Buffer.byteLength(text) > bodyBytes)
    refuse('too-large', `The body of an event holds ${bodyBytes} bytes at most.`);
  if (text.includes('\\u0000')) refuse('invalid-argument', 'An event can not hold the character U+0000.');
}

/** Bounds what one plugin can pile up in a school, and how fast two plugins can answer each other for ever. */
async function checkPace(tx: Tx, { grant }: Caller, now: Date): Promise<void> {
  const since = new Date(now.getTime() - 3_600_000);
  if ((await publishedSince(tx, grant, { since, most: mostPerHour })) >= mostPerHour)
    refuse('rate-limited', `A plugin publishes ${mostPerHour} events an hour in a school at most.`);
}

async function checkSubject(tx: Tx, access: Access, caller: Caller, subject: string): Promise<Id> {
  const person = access.person(caller.grant.municipality, caller.grant.plugin, subject);
  const visible = person && (await subjectOfEvent(tx, access, { ...caller, person, action: 'events.publish' }));
  return visible || refuse('not-allowed', 'Nothing may be published about this learner now.');
}

export interface EventSubject extends Pick<Caller, 'grant' | 'actor' | 'lease'> {
  person: Id;
  action: 'events.publish' | 'events.deliver';
}

/**
 * The learner whom an event is about, if the plugin may see anything of the learner for a purpose of its scope "events". The
 * same question guards publishing and, anew, each delivery.
 */
export async function subjectOfEvent(
  tx: Tx,
  access: Access,
  { grant, actor, lease, person, action }: EventSubject,
): Promise<Id | undefined> {
  const merged = await mergedInto(tx, grant.municipality, [person]);
  const now = merged.get(person) ?? person;
  for (const { purpose, elements } of eventElements(grant)) {
    const question = { grant, actor, purpose, elements, action, subjects: [now], ...(lease ? { lease } : {}) };
    if ((await access.visibleSubjects(tx, question)).has(now)) return now;
  }
  return undefined;
}

/** What the agreement gives for each purpose of the scope "events". */
export function eventElements({ manifest, elements }: Caller['grant']): { purpose: string; elements: string[] }[] {
  const purposes = manifest.scopes.filter(({ capability }) => capability === 'events').map(({ purpose }) => purpose);
  return purposes
    .map((purpose) => ({
      purpose,
      elements: elements.filter((one) => one.purpose === purpose).map(({ element }) => element),
    }))
    .filter((one) => one.elements.length > 0);
}

/** Whose data the event may carry: all persons of whom this context has read. */
async function recordDisclosure(
  tx: Tx,
  { access, clock }: { access: Access; clock: Clock },
  { grant, actor, seen }: Caller,
): Promise<void> {
  if (seen.persons.size === 0) return;
  const { municipality, plugin, version, school } = grant;
  const elements = [...seen.elements];
  const mask = bitsOf(elements).reduce((bits, bit) => bits | bit, 0);
  const persons = [...seen.persons].flatMap((id) => access.person(municipality, plugin, id) ?? []);
  const what = { elements, subjects: persons.map((person) => ({ person, mask })) };
  const who = { actor: actor.person, actorRole: actor.role };
  await appendEvent(
    tx,
    { municipality, action: 'data.disclose', reason: 'events', school, plugin, version, ...who, ...what },
    clock,
  );
}
