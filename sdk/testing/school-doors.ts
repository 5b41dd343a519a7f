import type {
  Absence,
  ArgumentOf,
  Attendance,
  Capabilities,
  GradebookResult,
  Guardian,
  LineItem,
} from '../capabilities/index.ts';
import { PluginError } from '../errors/index.ts';
import type { DoorDeps } from './door-deps.ts';

type Argument<Name extends keyof Capabilities> = ArgumentOf<Capabilities[Name]>;

/** The school's records in memory: attendance, absences, gradebook, guardians. Of learners of the user's classes only. */
export function createSchoolDoors(deps: DoorDeps) {
  const { school } = deps;
  let attendances: Attendance[] = [];
  let absences: Absence[] = [];
  let items: LineItem[] = [];
  let results: GradebookResult[] = [];
  let made = 0;
  const id = (kind: string) => `${kind}-${++made}`;
  const at = () => `${school.today}T06:00:00.000Z`;

  return {
    'attendance.lesson': ({ calendarEvent }: Argument<'attendance.lesson'>) => {
      need(deps, 'attendance.presence');
      return {
        attendances: attendances.filter((one) => one.calendarEvent === calendarEvent).map((one) => told(deps, one)),
      };
    },
    'attendance.student': ({ student }: Argument<'attendance.student'>) => {
      need(deps, 'attendance.presence');
      checkLearner(deps, student);
      return {
        attendances: attendances.filter((one) => one.student === student).map((one) => told(deps, one)),
        totals: [],
      };
    },
    'attendance.report'({ calendarEvent, attendances: reported }: Argument<'attendance.report'>) {
      need(deps, 'attendance.report');
      if (school.user.role !== 'teacher')
        throw new PluginError('not-allowed', 'Attendance is reported by the teacher of the lesson.');
      if (!school.events.some((event) => event.id === calendarEvent))
        throw new PluginError('not-found', 'There is no such lesson of yours.');
      for (const { student } of reported) checkLearner(deps, student);
      const fresh = reported.map(
        ({ validAbsenceMinutes = 0, invalidAbsenceMinutes = 0, ...one }): Attendance => ({
          ...one,
          calendarEvent,
          validAbsenceMinutes,
          invalidAbsenceMinutes,
          isReported: true,
          reporter: school.user.id,
          reportedTimestamp: at(),
        }),
      );
      const isCorrected = (old: Attendance) =>
        fresh.some((one) => one.student === old.student && one.calendarEvent === old.calendarEvent);
      attendances = [...attendances.filter((old) => !isCorrected(old)), ...fresh];
      return { reported: fresh.length };
    },
    'attendance.reasons': () => {
      need(deps, 'attendance.reason');
      return {
        reasons: school.absenceReasons.filter(({ sensitive }) => !sensitive || has(deps, 'attendance.illness')),
      };
    },
    'attendance.absences': ({ student }: Argument<'attendance.absences'>) => {
      need(deps, 'attendance.presence');
      checkLearner(deps, student);
      return { absences: absences.filter((one) => one.student === student).map((one) => told(deps, one)) };
    },
    'attendance.registerAbsence'({ purpose: _, ...absence }: Argument<'attendance.registerAbsence'>) {
      need(deps, 'attendance.report');
      checkLearner(deps, absence.student);
      const kept: Absence = { id: id('absence'), ...absence, status: 'registered' };
      absences = [...absences, kept];
      return { id: kept.id };
    },
    'attendance.decideAbsence'({ absence, decision }: Argument<'attendance.decideAbsence'>) {
      need(deps, 'attendance.report');
      if (!absences.some((one) => one.id === absence && one.status === 'registered'))
        throw new PluginError('not-found', 'This absence does not wait for a decision.');
      absences = absences.map((one) => (one.id === absence ? { ...one, status: decision } : one));
      return { decided: true };
    },
    'education.guardians'({ student }: Argument<'education.guardians'>) {
      checkLearner(deps, student);
      return { guardians: (school.guardians[student] ?? []).map((one) => maskedGuardian(deps, one)) };
    },
    'gradebook.lineItems': (argument: Argument<'gradebook.lineItems'>) => {
      need(deps, 'gradebook.results');
      return { lineItems: items.filter((item) => item.class === argument.class) };
    },
    'gradebook.results': ({ lineItem, student }: Argument<'gradebook.results'>) => {
      need(deps, 'gradebook.results');
      return {
        results: results.filter(
          (one) => (lineItem ?? one.lineItem) === one.lineItem && (student ?? one.student) === one.student,
        ),
      };
    },
    'gradebook.putLineItem'({ purpose: _, scale, maxPoints, ...item }: Argument<'gradebook.putLineItem'>) {
      need(deps, 'gradebook.grading');
      const range =
        scale === '4-10'
          ? { resultValueMin: 4, resultValueMax: 10 }
          : scale === 'points' && maxPoints !== undefined
            ? { resultValueMin: 0, resultValueMax: maxPoints }
            : {};
      const kept: LineItem = { ...item, ...range, id: item.id ?? id('item') };
      items = [kept, ...items.filter((one) => one.id !== kept.id)];
      return { id: kept.id };
    },
    'gradebook.putResult'({ purpose: _, ...result }: Argument<'gradebook.putResult'>) {
      need(deps, 'gradebook.grading');
      checkLearner(deps, result.student);
      const item = items.find((one) => one.id === result.lineItem);
      if (!item) throw new PluginError('not-found', 'There is no such item.');
      const { resultValueMin: min = 0, resultValueMax: max = 0 } = item;
      if (result.score !== undefined && (result.score < min || result.score > max))
        throw new PluginError('invalid-argument', `A result of this item is from ${min} to ${max}.`);
      const isSame = (one: GradebookResult) => one.lineItem === result.lineItem && one.student === result.student;
      results = [{ ...result, scoreDate: school.today }, ...results.filter((one) => !isSame(one))];
      return { saved: true };
    },
  };
}

/** Whether a scope of the manifest names the element. */
function has({ manifest }: DoorDeps, element: string): boolean {
  return manifest.scopes.some(({ elements }) => elements.includes(element));
}

function need(deps: DoorDeps, element: string): void {
  if (!has(deps, element))
    throw new PluginError('scope-missing', `${deps.manifest.id} has no scope that names ${element}.`);
}

function checkLearner({ school }: DoorDeps, student: string): void {
  if (!school.classes.some(({ students }) => students.some(({ id }) => id === student)))
    throw new PluginError('not-allowed', 'This may not be read or written about this learner now.');
}

function told<Row extends { absenceReason?: string }>(deps: DoorDeps, row: Row): Row {
  const { absenceReason, ...rest } = row;
  const known = deps.school.absenceReasons.find(({ reason }) => reason === absenceReason);
  const isSensitive = known?.sensitive ?? true;
  const mayTell = has(deps, 'attendance.reason') && (!isSensitive || has(deps, 'attendance.illness'));
  return mayTell ? row : (rest as Row);
}

function maskedGuardian(deps: DoorDeps, guardian: Guardian): Guardian {
  const fields = Object.entries(guardian).filter(([field]) => field === 'id' || has(deps, `guardians.${field}`));
  return Object.fromEntries(fields) as Guardian;
}
