import type { Tx } from '../../db/index.ts';
import type { Id } from '../../kernel/index.ts';
import type { Span } from '../calendar/calendar-store.ts';
import { onDayOf } from '../calendar/school-day.ts';
import type { Attendance } from './attendance.ts';

export interface ReportedAttendance extends Attendance {
  id: Id;
  reporter: Id | null;
  reportedAt: Date | null;
}

/** What was reported of a learner, with the lesson it was at. */
export interface LessonAttendance extends ReportedAttendance {
  title: string;
  startAt: Date;
  endAt: Date;
}

const columns = `a.id, a.event_id as event, a.student_id as student, a.attendance_minutes as "attendanceMinutes",
  a.valid_absence_minutes as "validAbsenceMinutes", a.invalid_absence_minutes as "invalidAbsenceMinutes",
  a.absence_reason as "absenceReason", a.reporter_id as reporter, a.reported_at as "reportedAt"`;

/** Learners who attend the lesson on its day, by enrolment; whom of them the asker may see is for `access` to decide. */
export async function learnersOfEvent(tx: Tx, municipality: Id, event: Id): Promise<Id[]> {
  const rows = await tx.query<{ id: Id }>({
    name: 'attendance-learners-of-event',
    text: `select distinct e.person_id as id from calendar_event v
      join enrollment e on e.municipality_id = $1 and e.class_id = v.class_id and e.role = 'student' and ${onDayOf('e')}
      where v.municipality_id = $1 and v.id = $2`,
    values: [municipality, event],
  });
  return rows.map(({ id }) => id);
}

export function attendanceOfEvent(tx: Tx, municipality: Id, event: Id): Promise<ReportedAttendance[]> {
  return tx.query({
    name: 'attendance-of-event',
    text: `select ${columns} from attendance a where a.municipality_id = $1 and a.event_id = $2 order by a.student_id`,
    values: [municipality, event],
  });
}

export interface StudentsSpan extends Span {
  students: readonly Id[];
  /** At lessons of this school only. */
  school?: Id;
  absencesOnly?: boolean;
}

/** What was reported of these learners at lessons between the two moments, the latest first. */
export function attendanceOfStudents(
  tx: Tx,
  municipality: Id,
  { students, school, from, to, absencesOnly = false }: StudentsSpan,
): Promise<LessonAttendance[]> {
  return tx.query({
    name: 'attendance-of-students',
    text: `select ${columns}, v.title, v.start_at as "startAt", v.end_at as "endAt" from attendance a
      join calendar_event v on v.municipality_id = $1 and v.id = a.event_id and v.start_at >= $3 and v.start_at < $4
        and ($6::uuid is null or v.school_id = $6)
      where a.municipality_id = $1 and a.student_id = any($2::uuid[])
        and (not $5::boolean or a.valid_absence_minutes + a.invalid_absence_minutes > 0)
      order by v.start_at desc, a.student_id, a.id limit 2000`,
    values: [municipality, students, from, to, absencesOnly, school ?? null],
  });
}
