import { type Static, Type } from 'typebox';
import { defineCapability } from './define.ts';
import { instant, isoDate, pairwiseId, purpose, strict } from './parts.ts';

const minutes = Type.Integer({ minimum: 0, maximum: 1440 });
const reason = Type.String({ pattern: '^[^\\u0000-\\u001f]{1,64}$' });

/**
 * One learner at one lesson, with the names of SS12000:2020. `absenceReason` is there only if its element is granted; a reason
 * that tells of illness, welfare or belief only with `attendance.illness`.
 */
export const Attendance = Type.Object(
  {
    calendarEvent: pairwiseId,
    student: pairwiseId,
    reporter: Type.Optional(pairwiseId),
    isReported: Type.Boolean(),
    attendanceMinutes: minutes,
    validAbsenceMinutes: minutes,
    invalidAbsenceMinutes: minutes,
    absenceReason: Type.Optional(reason),
    reportedTimestamp: Type.Optional(instant),
  },
  strict,
);
/** One learner at one lesson. */
export type Attendance = Static<typeof Attendance>;

/** An absence that is known beforehand or lasts over several lessons (SS12000:2020 `absence`). */
export const Absence = Type.Object(
  {
    id: pairwiseId,
    student: pairwiseId,
    startTime: instant,
    endTime: instant,
    absenceReason: Type.Optional(reason),
    status: Type.Enum(['registered', 'granted', 'refused']),
  },
  strict,
);
/** An absence that is known beforehand or lasts over several lessons. */
export type Absence = Static<typeof Absence>;

/** Who was at a lesson, as far as the user may see each learner. */
export const lessonAttendance = defineCapability({
  name: 'attendance.lesson',
  summary: 'What has been reported of a lesson, for the learners whom the user may see.',
  scope: 'attendance',
  argument: Type.Object({ calendarEvent: pairwiseId, purpose }, strict),
  result: Type.Object({ attendances: Type.Array(Attendance, { maxItems: 500 }) }, strict),
});

/** A learner's attendance between two days, and the absent minutes by national class. */
export const studentAttendance = defineCapability({
  name: 'attendance.student',
  summary:
    "A learner's attendance from one day up to, but not including, another one (366 days at most), and absent minutes by national class.",
  scope: 'attendance',
  argument: Type.Object({ student: pairwiseId, from: isoDate, to: isoDate, purpose }, strict),
  result: Type.Object(
    {
      attendances: Type.Array(Attendance, { maxItems: 2000 }),
      totals: Type.Array(
        Type.Object({ class: Type.String({ maxLength: 41 }), minutes: Type.Integer({ minimum: 0 }) }, strict),
        { maxItems: 40 },
      ),
    },
    strict,
  ),
});

/** Reports a lesson that the user teaches: all named learners or none. Reporting it again corrects. */
export const reportAttendance = defineCapability({
  name: 'attendance.report',
  summary: "A teacher's report of an own lesson: all named learners or none. Reporting again corrects.",
  scope: 'attendance',
  argument: Type.Object(
    {
      calendarEvent: pairwiseId,
      attendances: Type.Array(
        Type.Object(
          {
            student: pairwiseId,
            attendanceMinutes: minutes,
            validAbsenceMinutes: Type.Optional(minutes),
            invalidAbsenceMinutes: Type.Optional(minutes),
            absenceReason: Type.Optional(reason),
          },
          strict,
        ),
        { minItems: 1, maxItems: 200 },
      ),
      purpose,
    },
    strict,
  ),
  result: Type.Object({ reported: Type.Integer({ minimum: 1 }) }, strict),
});

/** The school's words for absences and the national class of each. */
export const absenceReasons = defineCapability({
  name: 'attendance.reasons',
  summary: "The municipality's words for absences and the national class of each; sensitive ones only where granted.",
  scope: 'attendance',
  argument: Type.Object({ purpose }, strict),
  result: Type.Object(
    {
      reasons: Type.Array(
        Type.Object(
          { reason, class: Type.String({ maxLength: 41 }), authorised: Type.Boolean(), sensitive: Type.Boolean() },
          strict,
        ),
        { maxItems: 500 },
      ),
    },
    strict,
  ),
});

/** Absences of a learner that were registered beforehand. */
export const absences = defineCapability({
  name: 'attendance.absences',
  summary: 'Absences of a learner that touch the days from one up to, but not including, another one.',
  scope: 'attendance',
  argument: Type.Object({ student: pairwiseId, from: isoDate, to: isoDate, purpose }, strict),
  result: Type.Object({ absences: Type.Array(Absence, { maxItems: 500 }) }, strict),
});

/** Registers an absence; whether it is authorised is for the school to say. */
export const registerAbsence = defineCapability({
  name: 'attendance.registerAbsence',
  summary: 'Registers an absence of a learner, by a guardian or the school. The school decides about it afterwards.',
  scope: 'attendance',
  argument: Type.Object(
    { student: pairwiseId, startTime: instant, endTime: instant, absenceReason: Type.Optional(reason), purpose },
    strict,
  ),
  result: Type.Object({ id: pairwiseId }, strict),
});

/** The school's word about a registered absence. */
export const decideAbsence = defineCapability({
  name: 'attendance.decideAbsence',
  summary: 'Grants or refuses a registered absence, once. For teachers and principals.',
  scope: 'attendance',
  argument: Type.Object({ absence: pairwiseId, decision: Type.Enum(['granted', 'refused']), purpose }, strict),
  result: Type.Object({ decided: Type.Literal(true) }, strict),
});
