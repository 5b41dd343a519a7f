import type { ArgumentOf, Capabilities } from '../capabilities/index.ts';
import { PluginError } from '../errors/index.ts';
import type { CollectionRecord } from './collection.ts';
import { door } from './door.ts';
import type { Guest } from './guest.ts';

type Operation = ArgumentOf<Capabilities['storage.transaction']>['operations'][number];

/** What a piece of work reads and writes together. Its writes happen at its end, all or none. */
export interface Transaction {
  /** One record as it is now. Should it change before the end, the whole work runs again. */
  get<Value extends object>(collection: string, id: string): Promise<CollectionRecord<Value> | null>;
  /** Keeps a record at the end. */
  put(collection: string, record: { id?: string; subject?: string; value: object }): void;
  /** Removes a record at the end. */
  remove(collection: string, id: string): void;
}

const mostTries = 5;

/** Runs the work and writes what it asked for; runs it again when something that it read was changed by somebody else. */
export async function runTransaction<T>(host: Guest, work: (transaction: Transaction) => Promise<T>): Promise<T> {
  for (let tries = 0; tries < mostTries; tries += 1) {
    const operations: Operation[] = [];
    const result = await work(stage(host, operations));
    if (operations.length === 0) return result;
    if ((await door(host, 'storage.transaction')({ operations })).committed) return result;
  }
  throw new PluginError('unavailable', 'Others kept changing the same records. Try again.');
}

function stage(host: Guest, operations: Operation[]): Transaction {
  const read = new Map<string, string | null>();
  const asRead = (collection: string, id: string | undefined) => {
    const seen = id === undefined ? undefined : read.get(`${collection} ${id}`);
    return seen === undefined ? {} : { ifUpdatedAt: seen };
  };
  return {
    async get<Value extends object>(collection: string, id: string) {
      const { record } = await door(host, 'storage.get')({ collection, id });
      read.set(`${collection} ${id}`, record?.updatedAt ?? null);
      return record as CollectionRecord<Value> | null;
    },
    put(collection, { value, ...record }) {
      const put = { collection, ...record, value: value as Record<string, unknown>, ...asRead(collection, record.id) };
      operations.push({ put });
    },
    remove(collection, id) {
      operations.push({ remove: { collection, id, ...asRead(collection, id) } });
    },
  };
}
