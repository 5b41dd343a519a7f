import { publish } from './aggregates.ts';
import {
  absenceReasons,
  absences,
  decideAbsence,
  lessonAttendance,
  registerAbsence,
  reportAttendance,
  studentAttendance,
} from './attendance.ts';
import { events, importCalendar, putCalendarEvent, removeCalendarEvent } from './calendar.ts';
import { requestConsent } from './consent.ts';
import type { Capability } from './define.ts';
import { classes, guardians, students } from './education.ts';
import { publishEvent } from './events.ts';
import { config, log, texts } from './everyone.ts';
import { getFile, listFiles, putFile, removeFile } from './files.ts';
import { lineItems, putLineItem, putResult, results } from './gradebook.ts';
import { request } from './http.ts';
import { sendMessage, sendNotification } from './messages.ts';
import { secret } from './secrets.ts';
import { allowed, get, list, put, remove, transaction } from './storage.ts';

/** Every door of the host by its name. */
export const capabilities = Object.freeze({
  'aggregate.publish': publish,
  'attendance.absences': absences,
  'attendance.decideAbsence': decideAbsence,
  'attendance.lesson': lessonAttendance,
  'attendance.reasons': absenceReasons,
  'attendance.registerAbsence': registerAbsence,
  'attendance.report': reportAttendance,
  'attendance.student': studentAttendance,
  'calendar.events': events,
  'calendar.import': importCalendar,
  'calendar.put': putCalendarEvent,
  'calendar.remove': removeCalendarEvent,
  'config.get': config,
  'consent.request': requestConsent,
  'education.classes': classes,
  'education.guardians': guardians,
  'education.students': students,
  'events.publish': publishEvent,
  'files.get': getFile,
  'files.list': listFiles,
  'files.put': putFile,
  'files.remove': removeFile,
  'gradebook.lineItems': lineItems,
  'gradebook.putLineItem': putLineItem,
  'gradebook.putResult': putResult,
  'gradebook.results': results,
  'http.request': request,
  'i18n.texts': texts,
  log,
  'messages.send': sendMessage,
  'notify.send': sendNotification,
  'secrets.get': secret,
  'storage.allowed': allowed,
  'storage.get': get,
  'storage.list': list,
  'storage.put': put,
  'storage.remove': remove,
  'storage.transaction': transaction,
} as const satisfies Record<string, Capability>);

/** All doors with their types. */
export type Capabilities = typeof capabilities;
/** Name of a door. */
export type CapabilityName = keyof Capabilities;

export { type ArgumentOf, type Capability, defineCapability, type ResultOf } from './define.ts';
export { Absence, Attendance } from './attendance.ts';
export { CalendarEvent } from './calendar.ts';
export { Guardian, SchoolClass, Student } from './education.ts';
export { GradebookResult, LineItem, scoreScales, scoreStatuses } from './gradebook.ts';
export { PluginEvent } from './events.ts';
export { fileTypes, StoredFile } from './files.ts';
export { GuestContext } from './guest-context.ts';
export { StoredRecord } from './storage.ts';
