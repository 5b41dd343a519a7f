import { type Static, Type } from 'typebox';
import { defineCapability } from './define.ts';
import { instant, isoDate, pairwiseId, purpose, strict } from './parts.ts';

const title = Type.String({ pattern: '^[^\\u0000-\\u001f]{1,200}$' });
const place = Type.String({ pattern: '^[^\\u0000-\\u001f]{1,200}$' });

/** A lesson or another event of a class, or of the whole school when it has no class. `own` ones are this plugin's. */
export const CalendarEvent = Type.Object(
  {
    id: pairwiseId,
    title,
    place: Type.Optional(place),
    class: Type.Optional(pairwiseId),
    startTime: instant,
    endTime: instant,
    own: Type.Boolean(),
  },
  strict,
);
/** A lesson or another event. */
export type CalendarEvent = Static<typeof CalendarEvent>;

/** Events of the user's classes, of one of them, or of the classes of one learner. */
export const events = defineCapability({
  name: 'calendar.events',
  summary:
    "Lessons and events of the user's classes, or of one class, from one day up to, but not including, another one (62 days at most), by time.",
  scope: 'calendar',
  argument: Type.Object({ from: isoDate, to: isoDate, class: Type.Optional(pairwiseId), purpose }, strict),
  result: Type.Object({ events: Type.Array(CalendarEvent, { maxItems: 2000 }) }, strict),
});

/** Adds an event of the plugin to one of the user's classes, or changes one that it added. */
export const putCalendarEvent = defineCapability({
  name: 'calendar.put',
  summary:
    "Adds an event to one of the user's classes, or changes one that the plugin added. For teachers and principals.",
  scope: 'calendar',
  argument: Type.Object(
    {
      id: Type.Optional(pairwiseId),
      class: pairwiseId,
      title,
      place: Type.Optional(place),
      startTime: instant,
      endTime: instant,
      purpose,
    },
    strict,
  ),
  result: Type.Object({ id: pairwiseId }, strict),
});

/** Removes an event that the plugin added. */
export const removeCalendarEvent = defineCapability({
  name: 'calendar.remove',
  summary: 'Removes an event that the plugin added to one of the user’s classes.',
  scope: 'calendar',
  argument: Type.Object({ id: pairwiseId, purpose }, strict),
  result: Type.Object({ removed: Type.Boolean() }, strict),
});

/** Takes events from an iCalendar text into a class of the user. */
export const importCalendar = defineCapability({
  name: 'calendar.import',
  summary:
    "Takes the single events of an iCalendar text (RFC 5545, 200 at most) into one of the user's classes. An event that comes again under its UID is changed.",
  scope: 'calendar',
  argument: Type.Object({ class: pairwiseId, ics: Type.String({ minLength: 1, maxLength: 200_000 }), purpose }, strict),
  result: Type.Object(
    {
      imported: Type.Integer({ minimum: 0 }),
      skipped: Type.Array(
        Type.Object({ uid: Type.String({ maxLength: 200 }), why: Type.String({ maxLength: 200 }) }, strict),
        { maxItems: 200 },
      ),
    },
    strict,
  ),
});
