import type { ArgumentOf, Capabilities, CapabilityName, ResultOf } from '@digione/sdk/capabilities';
import type { Caller } from './caller.ts';

/** One door, open: it gets an argument that fits its schema. */
export type DoorOf<Name extends CapabilityName> = (
  caller: Caller,
  argument: ArgumentOf<Capabilities[Name]>,
) => Promise<ResultOf<Capabilities[Name]>>;

/** All doors by name; the compiler knows when one is missing. */
export type Doors = { [Name in CapabilityName]: DoorOf<Name> };

const readingOnly: ReadonlySet<string> = new Set<CapabilityName>([
  'attendance.absences',
  'attendance.lesson',
  'attendance.reasons',
  'attendance.student',
  'calendar.events',
  'config.get',
  'education.classes',
  'education.guardians',
  'education.students',
  'files.get',
  'files.list',
  'gradebook.lineItems',
  'gradebook.results',
  'i18n.texts',
  'log',
  'secrets.get',
  'storage.allowed',
  'storage.get',
  'storage.list',
]);

/** Whether asking this door twice could do something twice. A door that is not known to read only is taken to change. */
export function changesSomething(name: string): boolean {
  return !readingOnly.has(name);
}
