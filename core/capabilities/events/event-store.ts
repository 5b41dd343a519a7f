import type { Tx } from '../../db/index.ts';
import type { Id, Language } from '../../kernel/index.ts';

/** The channel on which every node hears that a municipality has work waiting. */
export const jobsChannel = 'digione_jobs';

export interface NewEvent {
  municipality: Id;
  id: Id;
  school: Id;
  name: string;
  /** Null when the core itself speaks. */
  plugin: string | null;
  key: string | null;
  subject: Id | null;
  body: object;
  by: { person: Id; role: string } | null;
  language: Language;
  at: Date;
}

export interface WaitingEvent extends NewEvent {
  /** The plugin that is to be told. */
  to: string;
  attempt: number;
}

export interface DeadLetter {
  event: Id;
  name: string;
  plugin: string;
  school: Id;
  attempts: number;
  code: string | null;
  publishedAt: Date;
}

/** Publishers of one key take turns, so that the numbers grow in the order of the commits. */
const turnText = `select pg_advisory_xact_lock(hashtextextended($1, 7))`;

const eventText = `
  insert into plugin_event (municipality_id, id, school_id, name, plugin, event_key, subject_id, body, person_id, person_role,
    language, published_at)
  values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`;

// Only to whoever is enabled now and asked for it in the signed manifest.
const deliveriesText = `
  insert into event_delivery (municipality_id, event_id, plugin, school_id, order_key, next_at)
  select e.municipality_id, $2::uuid, e.plugin, e.school_id, coalesce($5, $2::uuid::text), $6
  from enablement e join bundle b on b.digest = e.digest
  where e.municipality_id = $1 and e.school_id = $3 and e.status <> 'disabled' and ($7::text is null or e.plugin = $7)
    and b.manifest -> 'events' -> 'subscribes' ? $4
    and b.manifest -> 'scopes' @> '[{"capability": "events"}]'
  order by e.plugin
  returning 1`;

/** Keeps the event and whom to tell, in the caller's transaction. `only` narrows it to one plugin. */
export async function insertEvent(tx: Tx, event: NewEvent, only: string | null = null): Promise<number> {
  const { municipality, id, school, name, plugin, key, subject, body, by, language, at } = event;
  const orderKey = orderKeyOf(event);
  if (orderKey !== null) await tx.query({ text: turnText, values: [`${municipality} ${school} ${orderKey}`] });
  await tx.query({
    text: eventText,
    values: [
      municipality,
      id,
      school,
      name,
      plugin,
      key,
      subject,
      JSON.stringify(body),
      by?.person,
      by?.role,
      language,
      at,
    ],
  });
  const told = await tx.query({ text: deliveriesText, values: [municipality, id, school, name, orderKey, at, only] });
  if (told.length > 0)
    await tx.query({ text: 'select pg_notify($1, $2)', values: [jobsChannel, JSON.stringify({ municipality })] });
  return told.length;
}

/** Events of one key go in order, and so do the core's about one learner, whose id is nobody's key to see. */
function orderKeyOf({ plugin, key, subject }: NewEvent): string | null {
  if (key !== null) return `${plugin ?? ''} ${key}`;
  return plugin === null && subject !== null ? ` learner ${subject}` : null;
}

/** How many plugins in use in the school asked for events of this name. */
export async function subscribersIn(
  tx: Tx,
  { municipality, school, name }: { municipality: Id; school: Id; name: string },
): Promise<number> {
  const text = `select count(*)::int as n from enablement e join bundle b on b.digest = e.digest
    where e.municipality_id = $1 and e.school_id = $2 and e.status <> 'disabled' and b.manifest -> 'events' -> 'subscribes' ? $3`;
  const [row] = await tx.query<{ n: number }>({
    name: 'events-subscribers',
    text,
    values: [municipality, school, name],
  });
  return row?.n ?? 0;
}

/** How many events the plugin has published in the school since then, counted up to a limit. */
export async function publishedSince(
  tx: Tx,
  { municipality, plugin, school }: { municipality: Id; plugin: string; school: Id },
  { since, most }: { since: Date; most: number },
): Promise<number> {
  const text = `select count(*)::int as n from (select from plugin_event where municipality_id = $1 and plugin = $2 and school_id = $3
    and published_at > $4 limit $5) e`;
  const [row] = await tx.query<{ n: number }>({ text, values: [municipality, plugin, school, since, most] });
  return row?.n ?? 0;
}

const claimText = `
  with due as (
    select d.event_id, d.plugin from event_delivery d
    where d.municipality_id = $1 and d.status = 'waiting' and d.next_at <= $2
      and not exists (select from event_delivery b where b.municipality_id = $1 and b.plugin = d.plugin
        and b.school_id = d.school_id and b.order_key = d.order_key and b.status = 'waiting' and b.sequence < d.sequence)
    order by d.next_at, d.sequence limit $4 for update skip locked)
  update event_delivery d set attempts = d.attempts + 1, next_at = $3
  from due, plugin_event e
  where d.municipality_id = $1 and d.event_id = due.event_id and d.plugin = due.plugin
    and e.municipality_id = $1 and e.id = d.event_id
  returning e.municipality_id as municipality, e.id, e.school_id as school, e.name, e.plugin, e.event_key as key,
    e.subject_id as subject, e.body, e.language, e.published_at as at, d.plugin as "to", d.attempts as attempt,
    case when e.person_id is not null then jsonb_build_object('person', e.person_id, 'role', e.person_role) end as by`;

/** Takes what is due, the oldest of each key only, for the length of a lease: who does not report back by then has lost it. */
export function claimEvents(
  tx: Tx,
  municipality: Id,
  { now, leaseEnds, most }: { now: Date; leaseEnds: Date; most: number },
): Promise<WaitingEvent[]> {
  return tx.query({ name: 'events-claim', text: claimText, values: [municipality, now, leaseEnds, most] });
}

export interface DeliveryOutcome {
  status: 'waiting' | 'delivered' | 'withheld' | 'dead';
  code: string | null;
  /** When it is tried again, or when it was done. */
  at: Date;
}

/** False when the lease was lost and another node has tried since. */
export async function settleDelivery(
  tx: Tx,
  { municipality, id, to, attempt }: WaitingEvent,
  { status, code, at }: DeliveryOutcome,
): Promise<boolean> {
  const text = `update event_delivery set status = $5, code = $6, next_at = case when $5 = 'waiting' then $7 else next_at end,
      done_at = case when $5 <> 'waiting' then $7::timestamptz end
    where municipality_id = $1 and event_id = $2 and plugin = $3 and attempts = $4 and status = 'waiting' returning 1`;
  const settled = await tx.query({ text, values: [municipality, id, to, attempt, status, code, at] });
  return settled.length > 0;
}

const mostLetters = 200;

/** What could not be delivered: never the body, nor whom it is about. */
export function deadLetters(tx: Tx, municipality: Id, plugin: string): Promise<DeadLetter[]> {
  const text = `select e.id as event, e.name, d.plugin, d.school_id as school, d.attempts, d.code, e.published_at as "publishedAt"
    from event_delivery d join plugin_event e on e.municipality_id = $1 and e.id = d.event_id
    where d.municipality_id = $1 and d.plugin = $2 and d.status = 'dead' order by d.sequence desc limit ${mostLetters}`;
  return tx.query({ text, values: [municipality, plugin] });
}

/** Tries a dead letter once more from the start; false when there is none. */
export async function reviveLetter(
  tx: Tx,
  municipality: Id,
  { event, plugin, now }: { event: Id; plugin: string; now: Date },
): Promise<boolean> {
  const text = `update event_delivery set status = 'waiting', attempts = 0, next_at = $4, done_at = null
    where municipality_id = $1 and event_id = $2 and plugin = $3 and status = 'dead' returning 1`;
  const revived = await tx.query({ text, values: [municipality, event, plugin, now] });
  if (revived.length > 0)
    await tx.query({ text: 'select pg_notify($1, $2)', values: [jobsChannel, JSON.stringify({ municipality })] });
  return revived.length > 0;
}

/** Forgets what was published before, unless it still waits. */
export async function forgetEvents(tx: Tx, municipality: Id, before: Date): Promise<void> {
  const text = `delete from plugin_event e where e.municipality_id = $1 and e.published_at < $2 and not exists (
    select from event_delivery d where d.municipality_id = $1 and d.event_id = e.id and d.status = 'waiting')`;
  await tx.query({ text, values: [municipality, before] });
}

export async function schoolsUsing(tx: Tx, municipality: Id, plugin: string): Promise<Id[]> {
  const text = `select school_id as id from enablement where municipality_id = $1 and plugin = $2 and status <> 'disabled' order by 1`;
  return (await tx.query<{ id: Id }>({ text, values: [municipality, plugin] })).map(({ id }) => id);
}
