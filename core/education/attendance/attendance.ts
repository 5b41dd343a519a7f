import { refuse, type Id } from '../../kernel/index.ts';

/** One learner at one lesson, in minutes (SS12000:2020 `attendance`). */
export interface Attendance {
  event: Id;
  student: Id;
  attendanceMinutes: number;
  validAbsenceMinutes: number;
  invalidAbsenceMinutes: number;
  /** In the school's own words; null when the learner was there throughout. */
  absenceReason: string | null;
}

/** How the national statistics name an absence; the list is data. */
export interface AbsenceClass {
  code: string;
  authorised: boolean;
  /** Tells something about health, beliefs or welfare. */
  sensitive: boolean;
}

/** Present and absent minutes can't be more than the lesson has, and an absence needs minutes to have a reason. */
export function checkAttendance(attendance: Attendance, lessonMinutes: number): void {
  const { attendanceMinutes, validAbsenceMinutes, invalidAbsenceMinutes, absenceReason } = attendance;
  const minutes = [attendanceMinutes, validAbsenceMinutes, invalidAbsenceMinutes];
  if (minutes.some((one) => !Number.isInteger(one) || one < 0))
    refuse('invalid', 'Minutes are whole and not negative.');
  const absent = validAbsenceMinutes + invalidAbsenceMinutes;
  if (attendanceMinutes + absent > lessonMinutes)
    refuse('invalid', `The lesson has ${lessonMinutes} minutes; presence and absence are more.`);
  if (absenceReason !== null && absent === 0)
    refuse('invalid', 'Who was there throughout has no reason for an absence.');
}

/** Splits an absence as its class says: without a class nobody has authorised it. */
export function absenceOf(
  minutes: number,
  of: AbsenceClass | undefined,
): Pick<Attendance, 'validAbsenceMinutes' | 'invalidAbsenceMinutes'> {
  return of?.authorised
    ? { validAbsenceMinutes: minutes, invalidAbsenceMinutes: 0 }
    : { validAbsenceMinutes: 0, invalidAbsenceMinutes: minutes };
}
