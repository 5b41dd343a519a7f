import type { Doors } from '../door.ts';
import type { StorageDeps } from './storage-deps.ts';
import { allowed, get, list } from './storage-read.ts';
import { put, remove, transaction } from './storage-write.ts';

type StorageDoors = Pick<Doors, Extract<keyof Doors, `storage.${string}`>>;

/** `storage.*`: the plugin's own records, in collections that its manifest declares. */
export function storage(deps: StorageDeps): StorageDoors {
  return {
    'storage.put': (caller, argument) => put(deps, caller, argument),
    'storage.get': (caller, argument) => get(deps, caller, argument),
    'storage.list': (caller, argument) => list(deps, caller, argument),
    'storage.remove': (caller, argument) => remove(deps, caller, argument),
    'storage.transaction': (caller, argument) => transaction(deps, caller, argument),
    'storage.allowed': (caller, argument) => allowed(deps, caller, argument),
  };
}
