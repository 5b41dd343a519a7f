/** What a manifest's scope can ask for, in alphabetical order. Doors that need no scope (log, config, i18n) aren't here. */
export const scopeNames = [
  'aggregate.publish',
  'attendance',
  'calendar',
  'consent.request',
  'education.classes',
  'education.guardians',
  'education.students',
  'events',
  'files',
  'gradebook',
  'http',
  'messages',
  'notify',
  'schedule',
  'secrets',
  'storage',
] as const;

/** One of the things that a scope can ask for. */
export type ScopeName = (typeof scopeNames)[number];
