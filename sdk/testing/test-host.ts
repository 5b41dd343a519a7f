import type { TSchema } from 'typebox';
import { Compile } from 'typebox/compile';
import type { Guest } from '../backend/index.ts';
import {
  type ArgumentOf,
  type Capabilities,
  type Capability,
  type CapabilityName,
  capabilities,
} from '../capabilities/index.ts';
import { PluginError, type PluginErrorCode } from '../errors/index.ts';
import { createCalendarDoors } from './calendar-doors.ts';
import type { DoorDeps } from './door-deps.ts';
import { readClasses, readStudents } from './education-doors.ts';
import { createFileDoors } from './file-doors.ts';
import { checkMessage, publishCounts, publishEvent, readSecret, sendRequest } from './outside-doors.ts';
import { createSchoolDoors } from './school-doors.ts';
import { createShelf, type Shelf } from './storage-doors.ts';

/** A line that the plugin logged. */
export interface LogLine {
  readonly level: string;
  readonly message: string;
}

/** The host's side of a test. */
export interface TestHost extends Guest {
  readonly shelf: Shelf;
  readonly log: readonly LogLine[];
  readonly published: readonly PublishedEvent[];
  readonly messages: readonly SentMessage[];
  readonly asked: readonly ConsentQuestion[];
}

/** A message that the plugin sent. */
export type SentMessage = ArgumentOf<Capabilities['messages.send']>;
/** An event that the plugin published. */
export type PublishedEvent = ArgumentOf<Capabilities['events.publish']>;

/** A consent that the plugin asked for. */
export type ConsentQuestion = ArgumentOf<Capabilities['consent.request']>;

interface Kept {
  log: LogLine[];
  published: PublishedEvent[];
  messages: SentMessage[];
  asked: ConsentQuestion[];
}

type Doors = Readonly<Record<CapabilityName, (argument: never) => unknown>>;

/**
 * A host in memory with the doors of the real one: it refuses what the manifest doesn't declare, masks what isn't asked for, checks arguments,
 * results and records by their schemas, and honours consents. What it doesn't have: other users, time limits, memory limits.
 */
export function createTestHost(deps: DoorDeps): TestHost {
  const { manifest, school } = deps;
  const shelf = createShelf(deps);
  const log: LogLine[] = [];
  const published: PublishedEvent[] = [];
  const messages: SentMessage[] = [];
  const asked: ConsentQuestion[] = [];
  const doors = doorsOf(deps, shelf, { log, published, messages, asked });
  return {
    asked,
    shelf,
    log,
    published,
    messages,
    register: () => undefined,
    invoke: async (name, argument) => answer(deps, doors, { name, argument }),
    get context() {
      const { user, today } = school;
      return { plugin: { id: manifest.id, version: manifest.version }, user, school: school.school, today };
    },
  };
}

function doorsOf(deps: DoorDeps, shelf: Shelf, { log, published, messages, asked }: Kept): Doors {
  return {
    'aggregate.publish': publishCounts,
    'config.get': () => deps.school.settings,
    'consent.request': (question: ConsentQuestion) => {
      checkMessage(deps, question);
      asked.push(question);
      return { passedOn: true };
    },
    'education.classes': () => readClasses(deps),
    'education.students': (argument) => readStudents(deps, argument),
    'events.publish': (event: PublishedEvent) => {
      publishEvent(deps, event);
      return { id: `event-${published.push(event)}` };
    },
    'http.request': (request) => sendRequest(deps, request),
    'i18n.texts': () => deps.school.texts,
    log: (line: LogLine) => {
      log.push(line);
      return null;
    },
    'messages.send': (message: SentMessage) => {
      checkMessage(deps, message);
      return { id: `message-${messages.push(message)}` };
    },
    'notify.send': (message: SentMessage) => {
      checkMessage(deps, message);
      return { id: `message-${messages.push(message)}` };
    },
    'secrets.get': (argument) => readSecret(deps, argument),
    ...createCalendarDoors(deps),
    ...createFileDoors(deps),
    ...createSchoolDoors(deps),
    ...shelf.doors,
  };
}

function answer(
  { manifest }: DoorDeps,
  doors: Doors,
  { name, argument }: { name: string; argument: unknown },
): unknown {
  if (!isDoor(name)) throw new PluginError('not-found', `The host has no door "${name}".`);
  const door: Capability = capabilities[name];
  const asked = crossing(door.argument, argument, { code: 'invalid-argument', what: `The argument of ${name}` });
  if (door.scope !== null && !manifest.scopes.some(({ capability }) => capability === door.scope))
    throw new PluginError(
      'scope-missing',
      `${manifest.id} asked for ${door.scope}, which its manifest does not declare. Add the scope to digione.json or remove the call.`,
    );
  return crossing(door.result, doors[name](asked as never), {
    code: 'host-failed',
    what: `What the test has for ${name}`,
  });
}

function isDoor(name: string): name is CapabilityName {
  return Object.hasOwn(capabilities, name);
}

/** Everything crosses the border as JSON text, and is checked on the way. */
function crossing(schema: TSchema, value: unknown, { code, what }: { code: PluginErrorCode; what: string }): unknown {
  const copy: unknown = JSON.parse(JSON.stringify(value ?? null));
  const check = Compile(schema);
  if (check.Check(copy)) return copy;
  const [first] = check.Errors(copy);
  throw new PluginError(code, `${what} does not fit its schema: ${first?.instancePath || '/'} ${first?.message}.`);
}
