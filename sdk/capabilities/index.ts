import type { Capability } from './define.ts';
import { classes, students } from './education.ts';
import { config, log, texts } from './everyone.ts';
import { allowed, get, list, put, remove } from './storage.ts';

/** Every door of the host by its name. */
export const capabilities = Object.freeze({
  'config.get': config,
  'education.classes': classes,
  'education.students': students,
  'i18n.texts': texts,
  log,
  'storage.allowed': allowed,
  'storage.get': get,
  'storage.list': list,
  'storage.put': put,
  'storage.remove': remove,
} as const satisfies Record<string, Capability>);

/** All doors with their types. */
export type Capabilities = typeof capabilities;
/** Name of a door. */
export type CapabilityName = keyof Capabilities;

export { type ArgumentOf, type Capability, defineCapability, type ResultOf } from './define.ts';
export { SchoolClass, Student } from './education.ts';
export { GuestContext } from './guest-context.ts';
export { StoredRecord } from './storage.ts';
