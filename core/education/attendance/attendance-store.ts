import type { Tx } from '../../db/index.ts';
import { newId, refuse, type Id } from '../../kernel/index.ts';
import { isTaughtBy } from '../calendar/calendar-store.ts';
import { onDayOf } from '../calendar/school-day.ts';
import { checkAttendance, type AbsenceClass, type Attendance } from './attendance.ts';

export interface Report {
  /** Who reports; must teach the lesson. */
  reporter: Id;
  at: Date;
  attendances: readonly Attendance[];
}

const mostAtOnce = 200;

/** A teacher's report of a lesson: all learners of it, or none. A second report of the same lesson corrects the first. */
export async function reportAttendance(tx: Tx, municipality: Id, { reporter, at, attendances }: Report): Promise<void> {
  const [first] = attendances;
  if (!first || attendances.length > mostAtOnce) refuse('invalid', `A report names 1–${mostAtOnce} learners.`);
  if (attendances.some(({ event }) => event !== first.event)) refuse('invalid', 'A report is about one lesson.');
  const minutes = await lessonOf(tx, municipality, { event: first.event, reporter });
  await checkAttending(tx, municipality, { event: first.event, students: attendances.map(({ student }) => student) });
  for (const attendance of attendances) checkAttendance(attendance, minutes);
  await write(tx, municipality, { reporter, at, attendances });
}

/** Length of the lesson in minutes, if the reporter teaches it. */
async function lessonOf(tx: Tx, municipality: Id, { event, reporter }: { event: Id; reporter: Id }): Promise<number> {
  const [lesson] = await tx.query<{ minutes: number }>({
    name: 'attendance-lesson',
    text: `select floor(extract(epoch from v.end_at - v.start_at) / 60)::int as minutes from calendar_event v
      where v.municipality_id = $1 and v.id = $2 and ${isTaughtBy('$3')}`,
    values: [municipality, event, reporter],
  });
  return lesson?.minutes ?? refuse('not-found', 'There is no such lesson of yours.');
}

async function checkAttending(
  tx: Tx,
  municipality: Id,
  { event, students }: { event: Id; students: readonly Id[] },
): Promise<void> {
  const [found] = await tx.query<{ n: number }>({
    name: 'attendance-learners',
    text: `select count(distinct e.person_id)::int as n from calendar_event v
      join enrollment e on e.municipality_id = $1 and e.class_id = v.class_id and e.role = 'student' and e.person_id = any($3::uuid[])
        and ${onDayOf('e')}
      where v.municipality_id = $1 and v.id = $2`,
    values: [municipality, event, students],
  });
  // The same words for a learner of another class and one who does not exist.
  if (found!.n !== students.length)
    refuse('not-found', 'One of the learners does not attend this lesson, or is named twice.');
}

async function write(tx: Tx, municipality: Id, { reporter, at, attendances }: Report): Promise<void> {
  const column = <K extends keyof Attendance>(name: K): Attendance[K][] => attendances.map((one) => one[name]);
  await tx.query({
    name: 'attendance-write',
    text: `insert into attendance (municipality_id, id, event_id, student_id, reporter_id, is_reported, reported_at,
        attendance_minutes, valid_absence_minutes, invalid_absence_minutes, absence_reason)
      select $1, a.id, a.event, a.student, $2, true, $3, a.present, a.valid, a.invalid, a.reason
      from unnest($4::uuid[], $5::uuid[], $6::uuid[], $7::smallint[], $8::smallint[], $9::smallint[], $10::text[])
        as a(id, event, student, present, valid, invalid, reason)
      on conflict (municipality_id, event_id, student_id) do update set reporter_id = excluded.reporter_id,
        reported_at = excluded.reported_at, is_reported = true, attendance_minutes = excluded.attendance_minutes,
        valid_absence_minutes = excluded.valid_absence_minutes, invalid_absence_minutes = excluded.invalid_absence_minutes,
        absence_reason = excluded.absence_reason`,
    values: [
      ...[municipality, reporter, at, attendances.map(() => newId()), column('event'), column('student')],
      ...[
        column('attendanceMinutes'),
        column('validAbsenceMinutes'),
        column('invalidAbsenceMinutes'),
        column('absenceReason'),
      ],
    ],
  });
}

/** The national class of a school's own word for an absence; undefined when the municipality has not mapped it. */
export async function classOfReason(tx: Tx, municipality: Id, reason: string): Promise<AbsenceClass | undefined> {
  const [found] = await tx.query<AbsenceClass>({
    name: 'absence-class-of-reason',
    text: `select c.code, c.authorised, c.sensitive from absence_reason r join absence_class c on c.code = r.class
      where r.municipality_id = $1 and r.reason = $2`,
    values: [municipality, reason],
  });
  return found;
}

/** Maps a school's own word to a national class; what was reported before keeps its minutes. */
export async function mapReason(tx: Tx, municipality: Id, map: { reason: string; class: string }): Promise<void> {
  const mapped = await tx.query({
    text: `insert into absence_reason (municipality_id, reason, class) select $1, $2, code from absence_class where code = $3
      on conflict (municipality_id, reason) do update set class = excluded.class returning reason`,
    values: [municipality, map.reason, map.class],
  });
  if (mapped.length === 0) refuse('invalid', `There is no national class of absence "${map.class}".`);
}

export interface AbsenceTotal {
  /** Code of the national class; what is not mapped counts as `unknown`. */
  class: string;
  minutes: number;
}

/** A learner's absences between two days by national class, the largest first. */
export function absenceTotals(
  tx: Tx,
  municipality: Id,
  { student, from, to }: { student: Id; from: string; to: string },
): Promise<AbsenceTotal[]> {
  return tx.query({
    name: 'absence-totals',
    text: `select coalesce(r.class, 'unknown') as class, sum(a.valid_absence_minutes + a.invalid_absence_minutes)::int as minutes
      from attendance a
      join calendar_event v on v.municipality_id = $1 and v.id = a.event_id
        and (v.start_at at time zone 'Europe/Helsinki')::date >= $3::date and (v.start_at at time zone 'Europe/Helsinki')::date < $4::date
      left join absence_reason r on r.municipality_id = $1 and r.reason = a.absence_reason
      where a.municipality_id = $1 and a.student_id = $2 and a.valid_absence_minutes + a.invalid_absence_minutes > 0
      group by 1 order by 2 desc, 1`,
    values: [municipality, student, from, to],
  });
}
