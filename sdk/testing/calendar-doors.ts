import type { ArgumentOf, CalendarEvent, Capabilities } from '../capabilities/index.ts';
import { PluginError } from '../errors/index.ts';
import type { DoorDeps } from './door-deps.ts';

type Argument<Name extends keyof Capabilities> = ArgumentOf<Capabilities[Name]>;

/** The school's calendar in memory: the test's events, and those that the plugin adds. */
export function createCalendarDoors({ school }: DoorDeps) {
  let made = 0;
  const own = (id: string) => school.events.find((event) => event.id === id && event.own);
  const checkClass = (id: string) => {
    if (!school.classes.some((one) => one.id === id)) throw new PluginError('not-found', 'You have no such class.');
  };
  return {
    'calendar.events': ({ from, to, class: only }: Argument<'calendar.events'>) => {
      if (only !== undefined) checkClass(only);
      const isWithin = ({ startTime }: CalendarEvent) => startTime >= from && startTime < to;
      return {
        events: school.events
          .filter((event) => isWithin(event) && (only === undefined || event.class === only))
          .toSorted((one, other) => one.startTime.localeCompare(other.startTime)),
      };
    },
    'calendar.put'({ purpose: _, id, ...event }: Argument<'calendar.put'>) {
      checkClass(event.class);
      if (id !== undefined && !own(id)) throw new PluginError('not-found', 'The plugin has no such event.');
      const kept: CalendarEvent = { ...event, id: id ?? `event-${++made}`, own: true };
      school.events = [...school.events.filter((one) => one.id !== kept.id), kept];
      return { id: kept.id };
    },
    'calendar.remove'({ id }: Argument<'calendar.remove'>) {
      const removed = own(id) !== undefined;
      if (removed) school.events = school.events.filter((event) => event.id !== id);
      return { removed };
    },
    /** Tests of a plugin need no reader of iCalendar: the text is only counted. */
    'calendar.import'({ class: of, ics }: Argument<'calendar.import'>) {
      checkClass(of);
      return { imported: ics.match(/^BEGIN:VEVENT\r?$/gm)?.length ?? 0, skipped: [] };
    },
  };
}
