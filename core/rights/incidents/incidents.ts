import { appendEvent } from '../../audit/index.ts';
import { elementText } from '../../consent/index.ts';
import type { Tx } from '../../db/index.ts';
import type { Actor } from '../../identity/index.ts';
import { type Id, newId, refuse, type Texts } from '../../kernel/index.ts';
import type { RightsDeps } from '../exercising.ts';
import { concernedBy, keepConcerned } from './concerned-store.ts';
import {
  changeIncident,
  findIncident,
  type IncidentRow,
  incidents,
  insertIncident,
  lockIncident,
} from './incident-store.ts';

export interface IncidentShown {
  id: string;
  title: string;
  plugin: string;
  from: string;
  to: string;
  knownAt: string;
  dueAt: string;
  /** Until the authority must know; negative when the time is over. */
  hoursLeft: number;
  state: string;
  risk: string | null;
  findings: string | null;
  measures: string | null;
  authorityAt: string | null;
  authorityReference: string | null;
  delayReason: string | null;
  lettersAt: string | null;
  closing: string | null;
  closedAt: string | null;
  persons: number;
}

/** Art. 33(1): where feasible, not later than 72 hours after having become aware of it. */
const clockHours = 72;
const hour = 3_600_000;

export function listIncidents({ database, clock }: RightsDeps, actor: Actor): Promise<IncidentShown[]> {
  const municipality = actor.municipality.id;
  return database.inTenant(
    municipality,
    async (tx) => (await incidents(tx, municipality)).map((row) => shown(row, clock.now())),
    {
      readOnly: true,
    },
  );
}

export function readIncident({ database, clock }: RightsDeps, actor: Actor, id: Id): Promise<IncidentShown> {
  const municipality = actor.municipality.id;
  return database.inTenant(municipality, async (tx) => {
    const row = await findIncident(tx, municipality, id);
    return shown(row ?? refuse('not-found', 'There is no such incident in your municipality.'), clock.now());
  });
}

export interface NewBreach {
  title: string;
  plugin: string;
  from: string;
  to: string;
  knownAt: string;
}

export async function openIncident(
  { database, clock }: RightsDeps,
  actor: Actor,
  breach: NewBreach,
): Promise<{ id: Id; dueAt: string }> {
  const municipality = actor.municipality.id;
  const [beganAt, endedAt, knownAt] = [new Date(breach.from), new Date(breach.to), new Date(breach.knownAt)];
  if (!(beganAt < endedAt)) refuse('invalid', 'The time ends after it begins.');
  if (knownAt > clock.now()) refuse('invalid', 'What will be known in the future is not known yet.');
  const { title, plugin } = breach;
  const dueAt = new Date(knownAt.getTime() + clockHours * hour);
  const incident = {
    id: newId(),
    title,
    plugin,
    beganAt,
    endedAt,
    knownAt,
    dueAt,
    openedBy: actor.person,
    openedAt: clock.now(),
  };
  await database.inTenant(municipality, async (tx) => {
    await insertIncident(tx, municipality, incident);
    await log({ clock }, tx, actor, { action: 'case.incident-open', plugin, persons: [] });
  });
  return { id: incident.id, dueAt: dueAt.toISOString() };
}

/** Asks the log whom it concerns, and writes down the risk. Again, as long as it is not closed. */
export function assess(
  deps: RightsDeps,
  actor: Actor,
  { id, ...judged }: { id: Id; risk: 'none' | 'risk' | 'high-risk'; findings: string; measures: string },
): Promise<{ persons: number }> {
  return step(deps, actor, id, async (tx, row, municipality) => {
    if (row.state === 'closed') refuse('conflict', 'The incident is closed.');
    const persons = await keepConcerned(tx, municipality, row);
    await changeIncident(tx, { municipality, id }, { ...judged, state: row.state === 'open' ? 'assessed' : row.state });
    await log(deps, tx, actor, { action: 'case.incident-assess', plugin: row.plugin, persons });
    return { persons: persons.length };
  });
}

/** The notification to the supervisory authority was made; after 72 hours only with the reason of the delay. */
export function notifyAuthority(
  deps: RightsDeps,
  actor: Actor,
  { id, reference, delayReason }: { id: Id; reference: string; delayReason?: string | undefined },
): Promise<void> {
  return step(deps, actor, id, async (tx, row, municipality) => {
    if (row.state !== 'assessed') refuse('conflict', 'First the incident is assessed; it is notified once.');
    const now = deps.clock.now();
    if (now > row.dueAt && !delayReason)
      refuse('invalid', '72 hours are over: give the reasons for the delay (Art. 33(1)).');
    const change = { authorityAt: now, authorityReference: reference, ...(delayReason && { delayReason }) };
    await changeIncident(tx, { municipality, id }, { ...change, state: 'notified' });
    await log(deps, tx, actor, { action: 'case.incident-notify', plugin: row.plugin, persons: [] });
  });
}

/** Closed when what the risk asks for is done: the authority for a risk, letters too for a high one (Art. 33, 34). */
export function closeIncident(
  deps: RightsDeps,
  actor: Actor,
  { id, closing }: { id: Id; closing: string },
): Promise<void> {
  return step(deps, actor, id, async (tx, row, municipality) => {
    if (row.state === 'open' || row.state === 'closed')
      refuse('conflict', 'The incident is not assessed, or is closed already.');
    if (row.risk !== 'none' && row.state !== 'notified')
      refuse('conflict', 'Where there is a risk, the authority is notified first.');
    if (row.risk === 'high-risk' && row.lettersAt === null)
      refuse('conflict', 'Where the risk is high, letters are made first.');
    await changeIncident(tx, { municipality, id }, { state: 'closed', closing, closedAt: deps.clock.now() });
    await log(deps, tx, actor, { action: 'case.incident-close', plugin: row.plugin, persons: [] });
  });
}

export interface ConcernedPage {
  persons: {
    id: string;
    name: string | null;
    reads: number;
    first: string;
    last: string;
    fields: { element: string; text: Texts }[];
  }[];
  next: string | null;
}

export function concernedPersons(
  deps: RightsDeps,
  actor: Actor,
  { id, cursor, limit = 200 }: { id: Id; cursor?: Id | undefined; limit?: number | undefined },
): Promise<ConcernedPage> {
  return step(deps, actor, id, async (tx, row, municipality) => {
    const found = await concernedBy(tx, municipality, { incident: id, after: cursor ?? null, limit: limit + 1 });
    const page = found.slice(0, limit);
    await log(deps, tx, actor, {
      action: 'case.incident-read',
      plugin: row.plugin,
      persons: page.map((one) => one.id),
    });
    const persons = page.map(({ elements, firstAt, lastAt, ...one }) => ({
      ...one,
      first: firstAt.toISOString(),
      last: lastAt.toISOString(),
      fields: elements.map((element) => ({ element, text: elementText(element) })),
    }));
    return { persons, next: found.length > limit ? page.at(-1)!.id : null };
  });
}

/** One step of an incident of the actor's municipality, taken in turn. */
export function step<T>(
  { database }: Pick<RightsDeps, 'database'>,
  actor: Actor,
  id: Id,
  work: (tx: Tx, row: IncidentRow, municipality: Id) => Promise<T>,
): Promise<T> {
  const municipality = actor.municipality.id;
  return database.inTenant(municipality, async (tx) => {
    const row = await lockIncident(tx, municipality, id);
    return work(tx, row ?? refuse('not-found', 'There is no such incident in your municipality.'), municipality);
  });
}

/** Under `case.`: only the officer ever reads it. */
export async function log(
  { clock }: Pick<RightsDeps, 'clock'>,
  tx: Tx,
  actor: Actor,
  { action, plugin, persons }: { action: string; plugin: string; persons: readonly Id[] },
): Promise<void> {
  const by = { municipality: actor.municipality.id, actor: actor.person, actorRole: actor.role };
  // The plugin stands in the reason: an event of the plugin itself would be part of the next question about it.
  await appendEvent(
    tx,
    { ...by, action, reason: plugin, subjects: persons.map((person) => ({ person, mask: 0 })) },
    clock,
  );
}

function shown(row: IncidentRow, now: Date): IncidentShown {
  const { beganAt, endedAt, knownAt, dueAt, authorityAt, lettersAt, closedAt, ...rest } = row;
  return {
    ...rest,
    from: beganAt.toISOString(),
    to: endedAt.toISOString(),
    knownAt: knownAt.toISOString(),
    dueAt: dueAt.toISOString(),
    hoursLeft: Math.floor((dueAt.getTime() - now.getTime()) / hour),
    authorityAt: authorityAt?.toISOString() ?? null,
    lettersAt: lettersAt?.toISOString() ?? null,
    closedAt: closedAt?.toISOString() ?? null,
  };
}
