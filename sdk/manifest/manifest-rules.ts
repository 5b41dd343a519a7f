import { collectionSchemaProblems, type Problem } from './collection-schema-rules.ts';
import { coreEvents } from './core-events.ts';
import { parseCron } from './cron.ts';
import { dataElements } from './data-elements.ts';
import type { Manifest } from './schema.ts';
import type { ScopeName } from './scope-names.ts';

/** What the JSON Schema can't say: the parts of a manifest must fit each other. One rule, one function. */
export function manifestProblems(manifest: Manifest): Problem[] {
  return [
    ...names(manifest),
    ...audience(manifest),
    ...scopePurposes(manifest),
    ...scopeElements(manifest),
    ...withoutConsent(manifest),
    ...collections(manifest),
    ...events(manifest),
    ...schedules(manifest),
    ...egress(manifest),
    ...addresses(manifest),
  ];
}

function* names({ purposes, collections, surfaces, schedules = [] }: Manifest): Generator<Problem> {
  yield* repeated(
    purposes.map(({ id }) => id),
    (index) => `/purposes/${index}/id`,
  );
  yield* repeated(
    collections.map(({ name }) => name),
    (index) => `/collections/${index}/name`,
  );
  yield* repeated(
    surfaces.tiles.map(({ id }) => id),
    (index) => `/surfaces/tiles/${index}/id`,
  );
  yield* repeated(
    surfaces.pages.map(({ id }) => id),
    (index) => `/surfaces/pages/${index}/id`,
  );
  yield* repeated(
    schedules.map(({ id }) => id),
    (index) => `/schedules/${index}/id`,
  );
}

function* repeated(values: string[], pointerOf: (index: number) => string): Generator<Problem> {
  for (const [index, value] of values.entries()) {
    if (values.indexOf(value) < index)
      yield { pointer: pointerOf(index), message: `"${value}" stands here a second time.` };
  }
}

function* audience({ audience: { ages, roles }, surfaces }: Manifest): Generator<Problem> {
  if (ages[0] > ages[1]) yield { pointer: '/audience/ages', message: 'The first age is higher than the second.' };
  for (const kind of ['tiles', 'pages'] as const) {
    for (const [index, surface] of surfaces[kind].entries()) {
      const stranger = surface.roles.find((role) => !roles.includes(role));
      if (stranger)
        yield { pointer: `/surfaces/${kind}/${index}/roles`, message: `"${stranger}" is not in audience.roles.` };
    }
  }
}

function* scopePurposes({ scopes, purposes }: Manifest): Generator<Problem> {
  const known = new Set(purposes.map(({ id }) => id));
  for (const [index, { purpose }] of scopes.entries()) {
    if (!known.has(purpose))
      yield { pointer: `/scopes/${index}/purpose`, message: `There is no purpose "${purpose}". Add it to "purposes".` };
  }
  yield* repeated(
    scopes.map(({ capability, purpose }) => `${capability} for ${purpose}`),
    (index) => `/scopes/${index}`,
  );
}

function* scopeElements(manifest: Manifest): Generator<Problem> {
  for (const [index, { capability, elements, purpose }] of manifest.scopes.entries()) {
    const allowed = elementsOf(manifest, capability, purpose);
    for (const [position, element] of elements.entries()) {
      if (allowed.has(element)) continue;
      const choices = allowed.size > 0 ? ` It may name ${[...allowed].join(', ')}.` : '';
      yield {
        pointer: `/scopes/${index}/elements/${position}`,
        message: `"${element}" is not an element of ${capability} for "${purpose}".${choices}`,
      };
    }
    if (allowed.size > 0 && elements.length === 0)
      yield { pointer: `/scopes/${index}/elements`, message: 'Name the data elements.' };
  }
}

const doorsWithElements: ReadonlySet<string> = new Set<ScopeName>([
  'attendance',
  'calendar',
  'education.classes',
  'education.guardians',
  'education.students',
  'gradebook',
]);

/** The elements that a scope may name: the door's own, or the collections of its purpose. */
function elementsOf({ collections }: Manifest, capability: string, purpose: string): Set<string> {
  if (capability === 'storage')
    return new Set(collections.filter((own) => own.purpose === purpose).map(({ name }) => `storage.${name}`));
  const [, door = capability] = capability.split('.');
  return new Set(
    Object.keys(dataElements).filter((element) => doorsWithElements.has(capability) && element.startsWith(`${door}.`)),
  );
}

function* withoutConsent({ scopes, purposes }: Manifest): Generator<Problem> {
  for (const [index, purpose] of purposes.entries()) {
    const asked = scopes.some((scope) => scope.purpose === purpose.id && scope.legalBasis === 'consent');
    if (asked && !purpose.withoutConsent)
      yield {
        pointer: `/purposes/${index}`,
        message: 'A purpose on consent needs "withoutConsent": what a learner gets who has not consented.',
      };
  }
}

function* collections({ collections: all, purposes, scopes }: Manifest): Generator<Problem> {
  for (const [index, { name, purpose, schema, subject, learnerOwned, indexes = [] }] of all.entries()) {
    const at = `/collections/${index}`;
    if (learnerOwned && !subject)
      yield {
        pointer: `${at}/learnerOwned`,
        message: 'Only records about a learner ("subject": true) can be the learner’s own.',
      };
    if (!purposes.some(({ id }) => id === purpose))
      yield { pointer: `${at}/purpose`, message: `There is no purpose "${purpose}". Add it to "purposes".` };
    if (!scopes.some(({ elements }) => elements.includes(`storage.${name}`)))
      yield { pointer: at, message: `No scope names "storage.${name}", so nothing could be kept.` };
    yield* collectionSchemaProblems(schema, `${at}/schema`);
    const properties = Object.keys((schema.properties as object | undefined) ?? {});
    for (const [position, field] of indexes.entries()) {
      if (!properties.includes(field))
        yield { pointer: `${at}/indexes/${position}`, message: `The schema has no property "${field}".` };
    }
  }
}

/** A plugin speaks in its own name only, and says what it will say. */
function* events({ id, events: declared, scopes }: Manifest): Generator<Problem> {
  const { publishes = [], subscribes = [], schemas = {} } = declared ?? {};
  const own = `${id.replace('/', '.')}.`;
  for (const [index, name] of publishes.entries()) {
    const at = `/events/publishes/${index}`;
    if (!name.startsWith(own)) yield { pointer: at, message: `Events of this plugin begin with "${own}".` };
    if (!schemas[name]) yield { pointer: at, message: `"schemas" has no schema for "${name}".` };
  }
  for (const [index, name] of subscribes.entries()) {
    // Three parts name another plugin's event, two the core's.
    if (name.split('.').length === 2 && !Object.hasOwn(coreEvents, name))
      yield {
        pointer: `/events/subscribes/${index}`,
        message: `The core has no event "${name}". It has ${Object.keys(coreEvents).join(', ')}.`,
      };
  }
  for (const [name, schema] of Object.entries(schemas)) {
    const at = `/events/schemas/${name}`;
    if (!publishes.includes(name)) yield { pointer: at, message: `"publishes" does not name "${name}".` };
    yield* collectionSchemaProblems(schema, at);
  }
  if (publishes.length + subscribes.length > 0 && !scopes.some(({ capability }) => capability === 'events'))
    yield { pointer: '/events', message: 'Events need the scope "events", which no scope asks for.' };
}

function* schedules({ schedules: all = [], scopes }: Manifest): Generator<Problem> {
  for (const [index, { cron }] of all.entries()) {
    if (!parseCron(cron))
      yield { pointer: `/schedules/${index}/cron`, message: 'This is not "minute hour day month weekday".' };
  }
  if (all.length > 0 && !scopes.some(({ capability }) => capability === 'schedule'))
    yield { pointer: '/schedules', message: 'Schedules need the scope "schedule", which no scope asks for.' };
}

function* egress({ egress: all, scopes, purposes }: Manifest): Generator<Problem> {
  const declared = new Set(scopes.flatMap(({ elements }) => elements));
  for (const [index, { elements, purpose }] of all.entries()) {
    const stranger = elements.find((element) => !declared.has(element));
    if (stranger) yield { pointer: `/egress/${index}/elements`, message: `No scope names "${stranger}".` };
    if (!purposes.some(({ id }) => id === purpose))
      yield { pointer: `/egress/${index}/purpose`, message: `There is no purpose "${purpose}".` };
  }
  if (all.length > 0 && !scopes.some(({ capability }) => capability === 'http'))
    yield { pointer: '/egress', message: 'Hosts are reached through the scope "http", which no scope asks for.' };
}

function* addresses({ support }: Manifest): Generator<Problem> {
  const url = URL.parse(support.url);
  if (!url || url.username || url.password) yield { pointer: '/support/url', message: 'This is not a web address.' };
}
