import type { Doors } from '../door.ts';
import { absences, decideAbsence, registerAbsence } from './absences.ts';
import { lesson, reasons, report, student } from './attendance.ts';
import { events, importEvents, putEvent, removeEvent } from './calendar.ts';
import { lineItems, putLineItem, putResult, results } from './gradebook.ts';
import { guardians } from './guardians.ts';
import type { SchoolDeps } from './school-deps.ts';

type SchoolDoors = Pick<
  Doors,
  Extract<keyof Doors, `attendance.${string}` | `calendar.${string}` | `gradebook.${string}` | 'education.guardians'>
>;

/** The school's own records: attendance, calendar, gradebook, guardians. */
export function school(deps: SchoolDeps): SchoolDoors {
  return {
    'attendance.absences': (caller, argument) => absences(deps, caller, argument),
    'attendance.decideAbsence': (caller, argument) => decideAbsence(deps, caller, argument),
    'attendance.lesson': (caller, argument) => lesson(deps, caller, argument),
    'attendance.reasons': (caller, argument) => reasons(deps, caller, argument),
    'attendance.registerAbsence': (caller, argument) => registerAbsence(deps, caller, argument),
    'attendance.report': (caller, argument) => report(deps, caller, argument),
    'attendance.student': (caller, argument) => student(deps, caller, argument),
    'calendar.events': (caller, argument) => events(deps, caller, argument),
    'calendar.import': (caller, argument) => importEvents(deps, caller, argument),
    'calendar.put': (caller, argument) => putEvent(deps, caller, argument),
    'calendar.remove': (caller, argument) => removeEvent(deps, caller, argument),
    'education.guardians': (caller, argument) => guardians(deps, caller, argument),
    'gradebook.lineItems': (caller, argument) => lineItems(deps, caller, argument),
    'gradebook.putLineItem': (caller, argument) => putLineItem(deps, caller, argument),
    'gradebook.putResult': (caller, argument) => putResult(deps, caller, argument),
    'gradebook.results': (caller, argument) => results(deps, caller, argument),
  };
}
