export {
  findMunicipality,
  listMunicipalities,
  orgNames,
  schoolsOf,
  type Municipality,
  type School,
} from './orgs-store.ts';
export {
  findPersonByIdentifier,
  personNames,
  rolesOnDate,
  type IdentifierScheme,
  type PersonName,
  type RoleOnDate,
} from './persons-store.ts';
export {
  childrenOf,
  classesOfTeacher,
  guardiansOf,
  schoolOnDay,
  type Guardianship,
  type TaughtClass,
} from './relations-store.ts';
export {
  createProtectionStore,
  type Protection,
  type ProtectionKind,
  type ProtectionStore,
} from './protections-store.ts';
export { importBundle, type ImportOptions, type ImportReport } from './import/import-bundle.ts';
export type { ImportProgress } from './import/import-progress.ts';
export type { Problem, ProblemAction, ProblemReason } from './import/problems.ts';
export { exportBundle, type ExportOptions } from './export/export-bundle.ts';
export { refreshStatistics } from './statistics-store.ts';
export { describeImport } from './import/describe-import.ts';
export {
  importProblems,
  listImports,
  recordImport,
  type FinishedImport,
  type ImportRun,
} from './import/import-runs-store.ts';
export {
  decidePendingAccess,
  listPendingAccess,
  type AccessDecision,
  type PendingAccess,
} from './import/pending-access-store.ts';
export { importUsage, runImportCommand, type ImportCommand } from './import-command.ts';
export type { Follower, MergedPair, MergeOrder } from './merge/merge-order.ts';
export { mergePersons, type MergeDeps } from './merge/merge-persons.ts';
export { mergedInto } from './merge/person-merge-store.ts';
export { educationRoutes } from './routes.ts';
export { createRosters, type Rosters } from './rosters/rosters.ts';
export type { RosterAct, RosterDeps } from './rosters/roster-order.ts';
export { fetchDueRosters, startRosterFetches, type FetchDeps } from './rosters/roster-fetches.ts';
export type { FetchPlaces } from './rosters/fetch-bundle.ts';
export { absenceOf, type AbsenceClass, type Attendance } from './attendance/attendance.ts';
export {
  absenceTotals,
  classOfReason,
  mapReason,
  reportAttendance,
  type AbsenceTotal,
} from './attendance/attendance-store.ts';
export {
  absencesOf,
  absencesToDecide,
  decideAbsence,
  findAbsence,
  registerAbsence,
  type Absence,
  type NewAbsence,
} from './attendance/absences-store.ts';
export {
  attendanceOfEvent,
  attendanceOfStudents,
  learnersOfEvent,
  type LessonAttendance,
  type ReportedAttendance,
} from './attendance/attendance-reads-store.ts';
export {
  addEvent,
  eventsOfClasses,
  eventsOfLearner,
  eventsOfSchool,
  eventsOfTeacher,
  findEvent,
  removeEvent,
  teachesEvent,
  type CalendarEvent,
  type NewEvent,
  type Span,
} from './calendar/calendar-store.ts';
export {
  addLineItem,
  changeLineItem,
  findLineItem,
  learnersOfLineItem,
  lineItemsOfClasses,
  resultsOf,
  saveResult,
  type LineItem,
  type Mark,
  type NewLineItem,
  type Result,
} from './gradebook/gradebook-store.ts';
export { finnishMarks, isFinnishMark, scoreScalesOf, type ScoreScale } from './gradebook/score-scale.ts';
export { absenceReasons, type AbsenceReason } from './attendance/absence-reasons-store.ts';
export {
  countPluginEvents,
  eventOfUid,
  putPluginEvent,
  removePluginEvent,
  type PluginEvent,
} from './calendar/plugin-events-store.ts';
export { readICalendar, type IcsEvent } from './calendar/read-icalendar.ts';
export { writeICalendar } from './calendar/write-icalendar.ts';
export { beginOfDay, instantOf, schoolZone, type LocalTime } from './calendar/school-time.ts';
export { checkScore, rangeOf } from './gradebook/score-range.ts';
export { contactsOfGuardians, type GuardianContact } from './guardians-store.ts';
