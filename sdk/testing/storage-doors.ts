import { Compile } from 'typebox/schema';
import type { ArgumentOf, Capabilities, ResultOf, StoredRecord } from '../capabilities/index.ts';
import { PluginError } from '../errors/index.ts';
import type { Manifest } from '../manifest/index.ts';
import type { DoorDeps } from './door-deps.ts';

type Argument<Name extends keyof Capabilities> = ArgumentOf<Capabilities[Name]>;
type Collection = Manifest['collections'][number];

/** What a plugin stored in a test. */
export interface Shelf {
  /** All records of a collection, also those that the plugin may not see now. */
  records(collection: string): readonly StoredRecord[];
  readonly doors: {
    readonly 'storage.put': (argument: Argument<'storage.put'>) => { id: string };
    readonly 'storage.get': (argument: Argument<'storage.get'>) => { record: StoredRecord | null };
    readonly 'storage.list': (argument: Argument<'storage.list'>) => { records: StoredRecord[]; next?: string };
    readonly 'storage.remove': (argument: Argument<'storage.remove'>) => { removed: boolean };
    readonly 'storage.transaction': (
      argument: Argument<'storage.transaction'>,
    ) => ResultOf<Capabilities['storage.transaction']>;
    readonly 'storage.allowed': (argument: Argument<'storage.allowed'>) => { subjects: string[] };
  };
}

/** Keeps the records of a plugin's collections in memory, newest first. */
export function createShelf(deps: DoorDeps): Shelf {
  const shelves = new Map<string, StoredRecord[]>();
  const shelf = (name: string) => shelves.get(name) ?? [];
  const visible = (name: string) => {
    const collection = collectionOf(deps, name);
    return shelf(name).filter(({ subject }) => mayHold(deps, collection, subject));
  };
  let made = 0;

  const doors: Shelf['doors'] = {
    'storage.put'({ collection, id, subject, value }) {
      checkRecord(deps, collectionOf(deps, collection), subject, value);
      made += 1;
      const record: StoredRecord = {
        id: id ?? `record-${made}`,
        value,
        updatedAt: instant(deps, made),
        ...(subject !== undefined && { subject }),
      };
      shelves.set(collection, [record, ...shelf(collection).filter((other) => other.id !== record.id)]);
      return { id: record.id };
    },
    'storage.get': ({ collection, id }) => ({
      record: visible(collection).find((record) => record.id === id) ?? null,
    }),
    'storage.list': (argument) =>
      pageOf(
        visible(argument.collection).filter((record) => matches(record, argument)),
        argument,
      ),
    'storage.remove'({ collection, id }) {
      const removed = visible(collection).some((record) => record.id === id);
      if (removed)
        shelves.set(
          collection,
          shelf(collection).filter((record) => record.id !== id),
        );
      return { removed };
    },
    'storage.transaction'({ operations }) {
      const before = new Map(shelves);
      const isAsRead = ({
        collection,
        id,
        ifUpdatedAt,
      }: {
        collection: string;
        id?: string;
        ifUpdatedAt?: string | null;
      }) =>
        ifUpdatedAt === undefined ||
        (shelf(collection).find((record) => record.id === id)?.updatedAt ?? null) === ifUpdatedAt;
      if (!operations.every((one) => isAsRead('put' in one ? one.put : one.remove)))
        return { committed: false, results: [] };
      try {
        const results = operations.map((one) => {
          if ('remove' in one) return doors['storage.remove'](one.remove);
          const { ifUpdatedAt: _, ...record } = one.put;
          return doors['storage.put'](record);
        });
        return { committed: true, results };
      } catch (error) {
        shelves.clear();
        for (const [name, records] of before) shelves.set(name, records);
        throw error;
      }
    },
    'storage.allowed': ({ collection, subjects }) => ({
      subjects: subjects.filter((subject) => mayHold(deps, collectionOf(deps, collection), subject)),
    }),
  };
  return { records: shelf, doors };
}

function collectionOf({ manifest }: DoorDeps, name: string): Collection {
  const found = manifest.collections.find((collection) => collection.name === name);
  if (!found) throw new PluginError('not-found', `${manifest.id} has no collection "${name}" in its manifest.`);
  return found;
}

/** A record about a learner may be held while the user teaches the learner and, where the basis is consent, while the consent lasts. */
function mayHold(
  { manifest, school }: DoorDeps,
  { name, purpose, subject: about }: Collection,
  subject: string | undefined,
): boolean {
  if (!about) return true;
  const known = school.classes.some(({ students }) => students.some(({ id }) => id === subject));
  const scope = manifest.scopes.find(({ elements }) => elements.includes(`storage.${name}`));
  return known && subject !== undefined && (scope?.legalBasis !== 'consent' || school.consents(subject, purpose));
}

function checkRecord(deps: DoorDeps, collection: Collection, subject: string | undefined, value: unknown): void {
  if (collection.subject !== (subject !== undefined))
    throw new PluginError(
      'invalid-argument',
      `A record of "${collection.name}" ${collection.subject ? 'needs' : 'has no'} subject.`,
    );
  if (!mayHold(deps, collection, subject))
    throw new PluginError('not-allowed', `"${collection.name}" may hold nothing about this learner now.`);
  if (!Compile(collection.schema).Check(value))
    throw new PluginError('invalid-argument', `The record does not fit the schema of "${collection.name}".`);
}

function matches({ subject, value }: StoredRecord, { subjects, where = {} }: Argument<'storage.list'>): boolean {
  const about = subjects === undefined || (subject !== undefined && subjects.includes(subject));
  return about && Object.entries(where).every(([field, wanted]) => (value[field] ?? null) === wanted);
}

function pageOf(
  records: StoredRecord[],
  { cursor = '0', limit = 100 }: Argument<'storage.list'>,
): { records: StoredRecord[]; next?: string } {
  const start = Number(cursor);
  const end = start + limit;
  return { records: records.slice(start, end), ...(end < records.length && { next: String(end) }) };
}

/** Each record is a second younger than the one before, so that tests need no clock. */
function instant({ school }: DoorDeps, seconds: number): string {
  return new Date(Date.parse(`${school.today}T06:00:00Z`) + seconds * 1000).toISOString();
}
