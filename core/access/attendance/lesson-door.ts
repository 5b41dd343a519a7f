import type { Database, Tx } from '../../db/index.ts';
import {
  absenceOf,
  absenceReasons,
  attendanceOfEvent,
  eventsOfTeacher,
  findEvent,
  learnersOfEvent,
  personNames,
  reportAttendance,
  teachesEvent,
  type CalendarEvent,
} from '../../education/index.ts';
import type { Actor } from '../../identity/index.ts';
import { type Clock, type Id, refuse } from '../../kernel/index.ts';
import type { Access, SubjectQuestion } from '../access.ts';
import { schoolDay } from './school-day.ts';

export interface AttendanceDeps {
  access: Pick<Access, 'visibleSubjects'>;
  database: Database;
  clock: Clock;
}

export interface MarkedLearner {
  student: Id;
  /** 0: there throughout. */
  absentMinutes: number;
  /** One of the municipality's words, or null. */
  absenceReason: string | null;
}

const read = [
  ...['students.givenName', 'students.familyName', 'attendance.presence', 'attendance.reason', 'attendance.illness'],
];

/** The lessons that a teacher gives on a day in the school. No learner is named. */
export function lessonsOf({ database }: AttendanceDeps, actor: Actor, day: string): Promise<CalendarEvent[]> {
  const school = actor.school?.id ?? refuse('invalid', 'No school is chosen.');
  const place = actor.municipality.id;
  return database.inTenant(place, (tx) =>
    eventsOfTeacher(tx, place, { teacher: actor.person, school, ...schoolDay(day) }),
  );
}

/** A lesson of the teacher's with its learners, as far as the decision lets through, and what has been reported of them. */
export function lessonOf(deps: AttendanceDeps, actor: Actor, id: Id) {
  const place = actor.municipality.id;
  return deps.database.inTenant(
    place,
    async (tx) => {
      const event = await ownLesson(tx, actor, id);
      const learners = await learnersOfEvent(tx, place, id);
      const seen = await see(deps, tx, actor, { action: 'attendance.read', elements: read, subjects: learners });
      const [names, reported] = [await personNames(tx, place, [...seen]), await attendanceOfEvent(tx, place, id)];
      const marks = new Map(reported.map((one) => [one.student, one]));
      const rows = names.map(({ id: student, name }) => ({ student, name, ...markOf(marks.get(student)) }));
      return { event, rows, reasons: (await absenceReasons(tx, place)).map(({ reason }) => reason) };
    },
    { isolation: 'repeatable read' },
  );
}

function markOf(
  found: { validAbsenceMinutes: number; invalidAbsenceMinutes: number; absenceReason: string | null } | undefined,
) {
  if (!found) return { isReported: false, absentMinutes: 0, absenceReason: null };
  const { validAbsenceMinutes, invalidAbsenceMinutes, absenceReason } = found;
  return { isReported: true, absentMinutes: validAbsenceMinutes + invalidAbsenceMinutes, absenceReason };
}

/** Reports a lesson: each learner named is one whom the teacher may report of, or nothing is written. */
export async function markLesson(
  deps: AttendanceDeps,
  actor: Actor,
  { id, marks }: { id: Id; marks: readonly MarkedLearner[] },
): Promise<void> {
  const place = actor.municipality.id;
  await deps.database.inTenant(place, async (tx) => {
    const event = await ownLesson(tx, actor, id);
    const subjects = marks.map(({ student }) => student);
    const seen = await see(deps, tx, actor, { action: 'attendance.report', elements: ['attendance.report'], subjects });
    if (seen.size < subjects.length)
      refuse('not-found', 'One of the learners does not attend this lesson, or is named twice.');
    const classes = new Map(
      (await absenceReasons(tx, place)).map((known) => [known.reason, { ...known, code: known.class }]),
    );
    const minutes = Math.floor((event.endAt.getTime() - event.startAt.getTime()) / 60_000);
    const attendances = marks.map(({ student, absentMinutes, absenceReason }) => ({
      ...{ event: id, student, absenceReason, attendanceMinutes: minutes - absentMinutes },
      ...absenceOf(absentMinutes, absenceReason === null ? undefined : (classes.get(absenceReason) ?? unmapped())),
    }));
    await reportAttendance(tx, place, { reporter: actor.person, at: deps.clock.now(), attendances });
  });
}

function unmapped(): never {
  return refuse('invalid', 'The municipality has no such reason of absence.');
}

async function ownLesson(tx: Tx, actor: Actor, id: Id): Promise<CalendarEvent> {
  const event = await findEvent(tx, actor.municipality.id, id);
  const isOwn =
    event?.school === actor.school?.id &&
    (await teachesEvent(tx, actor.municipality.id, { teacher: actor.person, event: id }));
  return event && isOwn ? event : refuse('not-found', 'There is no such lesson of yours.');
}

function see(
  { access }: AttendanceDeps,
  tx: Tx,
  actor: Actor,
  what: Pick<SubjectQuestion, 'action' | 'elements'> & { subjects: readonly Id[] },
): Promise<Set<Id>> {
  const grant = { kind: 'portal', municipality: actor.municipality.id, purpose: 'attendance' } as const;
  return access.visibleSubjects(tx, { grant, actor, purpose: 'attendance', ...what });
}
