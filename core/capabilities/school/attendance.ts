import type { ArgumentOf, Attendance, Capabilities, ResultOf } from '@digione/sdk/capabilities';
import {
  absenceReasons,
  absenceTotals,
  attendanceOfEvent,
  attendanceOfStudents,
  findEvent,
  type ReportedAttendance,
  reportAttendance,
} from '../../education/index.ts';
import type { Tx } from '../../db/index.ts';
import { type Id, refuse } from '../../kernel/index.ts';
import type { Caller } from '../caller.ts';
import { tellOfLearners } from '../events/core-events.ts';
import {
  learnerOf,
  needElement,
  needLearner,
  openElements,
  openScope,
  type SchoolDeps,
  type SchoolRequest,
  spanOf,
} from './school-deps.ts';

type Lesson = Capabilities['attendance.lesson'];
type Student = Capabilities['attendance.student'];
type Report = Capabilities['attendance.report'];
type Reasons = Capabilities['attendance.reasons'];

const scope = 'attendance';
const read = ['attendance.presence', 'attendance.reason', 'attendance.illness'];
const mostDays = 366;

/** What of the reading elements the agreement gives; presence is the least. */
export function readElements(caller: Caller, request: SchoolRequest): string[] {
  needElement(caller, request, 'attendance.presence');
  return request.elements.filter((element) => read.includes(element));
}

/** `attendance.lesson`: each learner's row only if the decision lets it through, each reason only with its element. */
export async function lesson(
  deps: SchoolDeps,
  caller: Caller,
  { calendarEvent, purpose }: ArgumentOf<Lesson>,
): Promise<ResultOf<Lesson>> {
  const request = openScope(deps, caller, { scope, purpose });
  const elements = readElements(caller, request);
  const { municipality, school } = caller.grant;
  return deps.database.inTenant(municipality, async (tx) => {
    const event = await findEvent(tx, municipality, request.real(calendarEvent));
    if (event?.school !== school) refuse('not-found', 'There is no such lesson in this school.');
    const rows = await attendanceOfEvent(tx, municipality, event.id);
    const asked = { action: 'attendance.read' as const, subjects: rows.map(({ student }) => student), elements };
    const open = await openElements(deps, tx, caller, { request, asked });
    const plain = await plainWords(tx, caller);
    return { attendances: rows.flatMap((row) => shown(request, row, { open: open.get(row.student), plain })) };
  });
}

/** `attendance.student`: one learner's attendance; totals by class only as far as reasons are open. */
export async function student(
  deps: SchoolDeps,
  caller: Caller,
  argument: ArgumentOf<Student>,
): Promise<ResultOf<Student>> {
  const span = spanOf(argument, mostDays);
  const request = openScope(deps, caller, { scope, purpose: argument.purpose });
  const elements = readElements(caller, request);
  const { municipality, school } = caller.grant;
  return deps.database.inTenant(municipality, async (tx) => {
    const person = await learnerOf(tx, caller, request, argument.student);
    const asked = { action: 'attendance.read' as const, elements };
    const of = { request, asked, student: person, element: 'attendance.presence' };
    const open = await needLearner(deps, tx, caller, of);
    const rows = await attendanceOfStudents(tx, municipality, { students: [person], school, ...span });
    const isWhole = open.has('attendance.reason') && open.has('attendance.illness');
    const totals = isWhole
      ? await absenceTotals(tx, municipality, { student: person, from: argument.from, to: argument.to })
      : [];
    const plain = await plainWords(tx, caller);
    return { attendances: rows.flatMap((row) => shown(request, row, { open, plain })), totals };
  });
}

/** The words that tell nothing sensitive; one that nobody has mapped could tell of anything. */
export async function plainWords(tx: Tx, { grant }: Caller): Promise<ReadonlySet<string>> {
  const all = await absenceReasons(tx, grant.municipality);
  return new Set(all.filter(({ sensitive }) => !sensitive).map(({ reason }) => reason));
}

/** The reason of an absence as far as it may be told. */
export function toldReason(
  reason: string | null,
  { open, plain }: { open: ReadonlySet<string>; plain: ReadonlySet<string> },
): { absenceReason?: string } {
  if (reason === null || !open.has('attendance.reason')) return {};
  return plain.has(reason) || open.has('attendance.illness') ? { absenceReason: reason } : {};
}

function shown(
  { pairwise }: SchoolRequest,
  row: ReportedAttendance,
  { open, plain }: { open: ReadonlySet<string> | undefined; plain: ReadonlySet<string> },
): Attendance[] {
  if (!open?.has('attendance.presence')) return [];
  const { reportedAt, reporter } = row;
  return [
    {
      calendarEvent: pairwise(row.event),
      student: pairwise(row.student),
      ...(reporter !== null && { reporter: pairwise(reporter) }),
      isReported: reportedAt !== null,
      attendanceMinutes: row.attendanceMinutes,
      validAbsenceMinutes: row.validAbsenceMinutes,
      invalidAbsenceMinutes: row.invalidAbsenceMinutes,
      ...toldReason(row.absenceReason, { open, plain }),
      ...(reportedAt !== null && { reportedTimestamp: reportedAt.toISOString() }),
    },
  ];
}

/** `attendance.report`: the user teaches the lesson, and each learner is open for reporting; all or none. */
export async function report(
  deps: SchoolDeps,
  caller: Caller,
  { calendarEvent, attendances, purpose }: ArgumentOf<Report>,
): Promise<ResultOf<Report>> {
  const request = openScope(deps, caller, { scope, purpose });
  needElement(caller, request, 'attendance.report');
  if (caller.actor.role !== 'teacher') refuse('not-allowed', 'Attendance is reported by the teacher of the lesson.');
  const { municipality } = caller.grant;
  return deps.database.inTenant(municipality, async (tx) => {
    const event = request.real(calendarEvent);
    const rows = await Promise.all(
      attendances.map(async (one) => ({
        event,
        student: await learnerOf(tx, caller, request, one.student),
        attendanceMinutes: one.attendanceMinutes,
        validAbsenceMinutes: one.validAbsenceMinutes ?? 0,
        invalidAbsenceMinutes: one.invalidAbsenceMinutes ?? 0,
        absenceReason: one.absenceReason ?? null,
      })),
    );
    await checkMayReport(deps, tx, caller, { request, students: rows.map(({ student: of }) => of) });
    await checkWords(
      tx,
      caller,
      request,
      rows.flatMap(({ absenceReason }) => absenceReason ?? []),
    );
    const at = deps.clock.now();
    await reportAttendance(tx, municipality, { reporter: caller.actor.person, at, attendances: rows });
    await tellOfLearners(tx, caller, { name: 'attendance.reported', at, learners: rows.map(({ student: of }) => of) });
    return { reported: rows.length };
  });
}

async function checkMayReport(
  deps: SchoolDeps,
  tx: Tx,
  caller: Caller,
  { request, students }: { request: SchoolRequest; students: Id[] },
): Promise<void> {
  const asked = { action: 'attendance.report' as const, subjects: students, elements: ['attendance.report'] };
  const open = await openElements(deps, tx, caller, { request, asked });
  if (students.some((one) => !open.has(one)))
    refuse('not-allowed', 'Nothing may be reported about one of these learners now.');
}

/** A plugin that may not read of illness may not write of it either. */
export async function checkWords(tx: Tx, caller: Caller, request: SchoolRequest, words: string[]): Promise<void> {
  if (words.length === 0) return;
  needElement(caller, request, 'attendance.reason');
  const plain = await plainWords(tx, caller);
  if (!words.every((word) => plain.has(word))) needElement(caller, request, 'attendance.illness');
}

/** `attendance.reasons`: the words to choose from, the sensitive ones only where the agreement gives them. */
export async function reasons(
  deps: SchoolDeps,
  caller: Caller,
  { purpose }: ArgumentOf<Reasons>,
): Promise<ResultOf<Reasons>> {
  const request = openScope(deps, caller, { scope, purpose });
  needElement(caller, request, 'attendance.reason');
  const { municipality } = caller.grant;
  const all = await deps.database.inTenant(municipality, (tx) => absenceReasons(tx, municipality), { readOnly: true });
  const sensitiveToo = request.elements.includes('attendance.illness');
  return { reasons: all.filter(({ sensitive }) => sensitiveToo || !sensitive) };
}
