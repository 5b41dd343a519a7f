import { door } from './door.ts';
import type { Guest } from './guest.ts';

/** A record of a collection. */
export interface CollectionRecord<Value extends object> {
  /** The record's id within the collection. */
  readonly id: string;
  /** Pairwise id of the learner whom it is about, in collections with `subject: true`. */
  readonly subject?: string;
  /** What was stored. */
  readonly value: Value;
  /** When it was stored, in UTC. */
  readonly updatedAt: string;
}

/** Which records to list. */
export interface ListOptions {
  readonly subjects?: string[];
  /** Equality in indexes that the manifest declares. */
  readonly where?: Record<string, string | number | boolean | null>;
  readonly cursor?: string;
  /** At most this many, 1 … 500. */
  readonly limit?: number;
}

/** A collection of the plugin's own records in this school. */
export interface Collection<Value extends object> {
  /** Keeps a record; the host makes the id when there is none. Rejects with `not-allowed` when nothing may be kept about the learner. */
  put(record: { id?: string; subject?: string; value: Value }): Promise<{ id: string }>;
  /** One record, or `null` when there is none that may be seen now. */
  get(id: string): Promise<CollectionRecord<Value> | null>;
  /** Records, newest first, a page at a time. */
  list(options?: ListOptions): Promise<{ records: CollectionRecord<Value>[]; next?: string }>;
  /** Removes a record; false when there was none that may be seen now. */
  remove(id: string): Promise<boolean>;
  /** Of the given learners, those about whom the collection may hold records now. */
  allowed(subjects: string[]): Promise<string[]>;
}

/** Opens a collection by its name in the manifest. Its records have the shape of the manifest's schema, which the host checks on every put. */
export function openCollection<Value extends object>(host: Guest, collection: string): Collection<Value> {
  return {
    put: (record) =>
      door(host, 'storage.put')({ collection, ...record, value: record.value as Record<string, unknown> }),
    get: async (id) => {
      const { record } = await door(host, 'storage.get')({ collection, id });
      return record as CollectionRecord<Value> | null;
    },
    list: (options) =>
      door(host, 'storage.list')({ collection, ...options }) as Promise<{
        records: CollectionRecord<Value>[];
        next?: string;
      }>,
    remove: async (id) => (await door(host, 'storage.remove')({ collection, id })).removed,
    allowed: async (subjects) => (await door(host, 'storage.allowed')({ collection, subjects })).subjects,
  };
}
