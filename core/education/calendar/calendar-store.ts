import type { Tx } from '../../db/index.ts';
import { newId, refuse, type Id } from '../../kernel/index.ts';
import { onDayOf } from './school-day.ts';

/** A lesson or another happening of a class or a school (SS12000:2020 `calendarEvent`). */
export interface CalendarEvent {
  id: Id;
  /** Null: of the whole school. */
  class: Id | null;
  school: Id;
  title: string;
  place: string | null;
  startAt: Date;
  endAt: Date;
  teacher: Id | null;
  /** The plugin that added it; null for the timetable's. */
  plugin: string | null;
}

/** From the first moment to the second, which is not in it any more. */
export interface Span {
  from: Date;
  to: Date;
}

const columns = `v.id, v.class_id as class, v.school_id as school, v.title, v.place, v.start_at as "startAt", v.end_at as "endAt",
  v.teacher_id as teacher, v.plugin`;
const within = 'v.start_at >= $3 and v.start_at < $4';
const mostEvents = 2_000;
const inOrder = `order by v.start_at, v.title, v.id limit ${mostEvents}`;

export async function findEvent(tx: Tx, municipality: Id, id: Id): Promise<CalendarEvent | undefined> {
  const text = `select ${columns} from calendar_event v where v.municipality_id = $1 and v.id = $2`;
  const [found] = await tx.query<CalendarEvent>({ name: 'calendar-event', text, values: [municipality, id] });
  return found;
}

/** Events of these classes; whoever asks has decided that they may be seen. */
export function eventsOfClasses(
  tx: Tx,
  municipality: Id,
  { classes, from, to }: Span & { classes: readonly Id[] },
): Promise<CalendarEvent[]> {
  return tx.query({
    name: 'calendar-of-classes',
    text: `select ${columns} from calendar_event v where v.municipality_id = $1 and v.class_id = any($2::uuid[]) and ${within} ${inOrder}`,
    values: [municipality, classes, from, to],
  });
}

/** Events of the school itself, of no class. */
export function eventsOfSchool(
  tx: Tx,
  municipality: Id,
  { school, from, to }: Span & { school: Id },
): Promise<CalendarEvent[]> {
  return tx.query({
    name: 'calendar-of-school',
    text: `select ${columns} from calendar_event v
      where v.municipality_id = $1 and v.school_id = $2 and v.class_id is null and ${within} ${inOrder}`,
    values: [municipality, school, from, to],
  });
}

/** SQL over event `v`: person $2 gives the lesson, by name or as a teacher of its class on that day. */
export const isTaughtBy = (person: string): string =>
  `(v.teacher_id = ${person} or exists (select from enrollment e where e.municipality_id = $1 and e.class_id = v.class_id
    and e.person_id = ${person} and e.role = 'teacher' and ${onDayOf('e')}))`;

export async function teachesEvent(
  tx: Tx,
  municipality: Id,
  { teacher, event }: { teacher: Id; event: Id },
): Promise<boolean> {
  const text = `select 1 from calendar_event v where v.municipality_id = $1 and v.id = $2 and ${isTaughtBy('$3')}`;
  return (await tx.query({ name: 'calendar-teaches', text, values: [municipality, event, teacher] })).length > 0;
}

/** Lessons that the person gives in the school. */
export function eventsOfTeacher(
  tx: Tx,
  municipality: Id,
  { teacher, school, from, to }: Span & { teacher: Id; school: Id },
): Promise<CalendarEvent[]> {
  return tx.query({
    name: 'calendar-of-teacher',
    text: `select ${columns} from calendar_event v
      where v.municipality_id = $1 and ${within} and v.school_id = $5 and ${isTaughtBy('$2')} ${inOrder}`,
    values: [municipality, teacher, from, to, school],
  });
}

/** Lessons of the classes in which the learner is on the lesson's day. */
export function eventsOfLearner(
  tx: Tx,
  municipality: Id,
  { student, from, to }: Span & { student: Id },
): Promise<CalendarEvent[]> {
  return tx.query({
    name: 'calendar-of-learner',
    text: `select ${columns} from calendar_event v
      where v.municipality_id = $1 and ${within} and exists (select from enrollment e where e.municipality_id = $1
        and e.class_id = v.class_id and e.person_id = $2 and e.role = 'student' and ${onDayOf('e')}) ${inOrder}`,
    values: [municipality, student, from, to],
  });
}

export type NewEvent = Omit<CalendarEvent, 'id' | 'plugin'>;

/** The class, when there is one, must be of the school, and the teacher must teach it or work in the school on that day. */
export async function addEvent(tx: Tx, municipality: Id, event: NewEvent): Promise<Id> {
  if (event.endAt <= event.startAt) refuse('invalid', 'An event ends after it begins.');
  const id = newId();
  const written = await tx.query({
    name: 'calendar-add',
    text: `insert into calendar_event (municipality_id, id, class_id, school_id, title, place, start_at, end_at, teacher_id)
      select $1, $2, $3, $4, $5, $6, $7, $8, $9
      where ($3::uuid is null or exists (select from class c where c.municipality_id = $1 and c.id = $3 and c.school_id = $4
          and c.status = 'active'))
        and ($9::uuid is null or exists (select from role r where r.municipality_id = $1 and r.person_id = $9 and r.org_id = $4
          and r.role in ('teacher', 'principal') and (r.valid_to is null or r.valid_to > ($7::timestamptz at time zone 'Europe/Helsinki')::date)))
      returning id`,
    values: [
      ...[municipality, id, event.class, event.school, event.title, event.place],
      ...[event.startAt, event.endAt, event.teacher],
    ],
  });
  if (written.length === 0) refuse('not-found', 'There is no such class or teacher in this school.');
  return id;
}

/** Takes an event away; one of which attendance has been reported stays. */
export async function removeEvent(tx: Tx, municipality: Id, id: Id): Promise<void> {
  const gone = await tx.query({
    name: 'calendar-remove',
    text: `delete from calendar_event v where v.municipality_id = $1 and v.id = $2
      and not exists (select from attendance a where a.municipality_id = $1 and a.event_id = v.id) returning v.id`,
    values: [municipality, id],
  });
  if (gone.length === 0) refuse('not-found', 'There is no such event, or its attendance has been reported.');
}
