import type { ArgumentOf, CalendarEvent, Capabilities, ResultOf } from '@digione/sdk/capabilities';
import type { Tx } from '../../db/index.ts';
import {
  type CalendarEvent as SchoolEvent,
  countPluginEvents,
  eventOfUid,
  eventsOfClasses,
  eventsOfSchool,
  findEvent,
  putPluginEvent,
  readICalendar,
  removePluginEvent,
} from '../../education/index.ts';
import { type Id, newId, refuse } from '../../kernel/index.ts';
import type { Caller } from '../caller.ts';
import { needElement, openScope, ownClasses, type SchoolDeps, type SchoolRequest, spanOf } from './school-deps.ts';

type Events = Capabilities['calendar.events'];
type Put = Capabilities['calendar.put'];
type Remove = Capabilities['calendar.remove'];
type Import = Capabilities['calendar.import'];

const scope = 'calendar';
const element = 'calendar.events';
const mostDays = 62;
const mostEvents = 2000;
const mostOwnEvents = 20_000;
const longestMs = 31 * 86_400_000;

function open(deps: SchoolDeps, caller: Caller, purpose: string | undefined): SchoolRequest {
  const request = openScope(deps, caller, { scope, purpose });
  needElement(caller, request, element);
  return request;
}

/** `calendar.events`: of classes to which the user has a live relation, and of the whole school. */
export async function events(
  deps: SchoolDeps,
  caller: Caller,
  argument: ArgumentOf<Events>,
): Promise<ResultOf<Events>> {
  const span = spanOf(argument, mostDays);
  const { class: only, purpose } = argument;
  const request = open(deps, caller, purpose);
  const own = await ownClasses(deps, caller, request, [element]);
  const wanted = only === undefined ? [...own] : [request.real(only)];
  if (!wanted.every((id) => own.has(id))) refuse('not-found', 'You have no such class.');
  const { municipality, school, plugin } = caller.grant;
  const rows = await deps.database.inTenant(
    municipality,
    async (tx) => [
      ...(await eventsOfClasses(tx, municipality, { classes: wanted, ...span })),
      ...(only === undefined ? await eventsOfSchool(tx, municipality, { school, ...span }) : []),
    ],
    { readOnly: true },
  );
  const inOrder = rows.toSorted((one, other) => one.startAt.getTime() - other.startAt.getTime());
  return { events: inOrder.slice(0, mostEvents).map((row) => eventOf(request, row, plugin)) };
}

function eventOf({ pairwise }: SchoolRequest, row: SchoolEvent, plugin: string): CalendarEvent {
  const { id, class: of, title, place, startAt, endAt } = row;
  return {
    id: pairwise(id),
    title,
    ...(place !== null && { place }),
    ...(of !== null && { class: pairwise(of) }),
    startTime: startAt.toISOString(),
    endTime: endAt.toISOString(),
    own: row.plugin === plugin,
  };
}

/** `calendar.put`: events of this plugin only; the timetable is the school's. */
export async function putEvent(deps: SchoolDeps, caller: Caller, argument: ArgumentOf<Put>): Promise<ResultOf<Put>> {
  const request = open(deps, caller, argument.purpose);
  const of = await staffsClass(deps, caller, request, argument.class);
  const { title, place = null } = argument;
  const startAt = new Date(argument.startTime);
  const endAt = new Date(argument.endTime);
  if (!(endAt > startAt) || endAt.getTime() - startAt.getTime() > longestMs)
    refuse('invalid-argument', 'An event ends after it begins, within 31 days.');
  const { municipality, school, plugin } = caller.grant;
  const id = argument.id === undefined ? newId() : request.real(argument.id);
  await deps.database.inTenant(municipality, async (tx) => {
    if (argument.id === undefined) await checkRoom(tx, caller);
    else if ((await findEvent(tx, municipality, id))?.school !== school)
      refuse('not-found', 'The plugin has no such event.');
    const event = { id, class: of, school, title, place, startAt, endAt, plugin, uid: null };
    if (!(await putPluginEvent(tx, municipality, event))) refuse('not-found', 'The plugin has no such event.');
  });
  return { id: request.pairwise(id) };
}

async function checkRoom(tx: Tx, { grant }: Caller): Promise<void> {
  if ((await countPluginEvents(tx, grant.municipality, grant)) >= mostOwnEvents)
    refuse('quota-exceeded', `A plugin has ${mostOwnEvents} events in a school at most.`);
}

async function staffsClass(deps: SchoolDeps, caller: Caller, request: SchoolRequest, named: string): Promise<Id> {
  const { role } = caller.actor;
  if (role !== 'teacher' && role !== 'principal') refuse('not-allowed', 'Events are added by the staff of the class.');
  const of = request.real(named);
  if (!(await ownClasses(deps, caller, request, [element])).has(of)) refuse('not-found', 'You have no such class.');
  return of;
}

/** `calendar.remove`: an event of this plugin in one of the user's classes. */
export async function removeEvent(
  deps: SchoolDeps,
  caller: Caller,
  argument: ArgumentOf<Remove>,
): Promise<ResultOf<Remove>> {
  const request = open(deps, caller, argument.purpose);
  const { municipality, school, plugin } = caller.grant;
  const id = request.real(argument.id);
  const event = await deps.database.inTenant(municipality, (tx) => findEvent(tx, municipality, id));
  if (event?.plugin !== plugin || event.school !== school || event.class === null) return { removed: false };
  await staffsClass(deps, caller, request, request.pairwise(event.class));
  const gone = { plugin, school, id };
  return { removed: await deps.database.inTenant(municipality, (tx) => removePluginEvent(tx, municipality, gone)) };
}

/** `calendar.import`: the single events of an iCalendar text; the same text again changes nothing. */
export async function importEvents(
  deps: SchoolDeps,
  caller: Caller,
  argument: ArgumentOf<Import>,
): Promise<ResultOf<Import>> {
  const request = open(deps, caller, argument.purpose);
  const of = await staffsClass(deps, caller, request, argument.class);
  const found = readICalendar(argument.ics);
  if ('problem' in found) return refuse('invalid-argument', found.problem);
  const { municipality, school, plugin } = caller.grant;
  return deps.database.inTenant(municipality, async (tx) => {
    const result: ResultOf<Import> = { imported: 0, skipped: [] };
    await checkRoom(tx, caller);
    for (const one of found) {
      if ('problem' in one) {
        result.skipped.push({ uid: one.uid, why: one.problem });
        continue;
      }
      const known = await eventOfUid(tx, municipality, { plugin, class: of, uid: one.uid });
      await putPluginEvent(tx, municipality, { ...one, id: known ?? newId(), class: of, school, plugin });
      result.imported += 1;
    }
    return result;
  });
}
