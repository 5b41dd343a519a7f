import type { Database } from '../db/index.ts';
import type { Clock } from '../kernel/index.ts';
import type { RunningBundles } from '../marketplace/index.ts';
import { createCollectionChecks } from './collections.ts';
import { readConfig } from './config.ts';
import type { DataDoor } from './data-door.ts';
import type { Doors } from './door.ts';
import { classes, students } from './education.ts';
import { log, texts } from './everyone.ts';
import { storage } from './storage.ts';
import { defaultQuota, type StorageQuota } from './storage-quota.ts';

export interface DoorDeps {
  database: Database;
  clock: Clock;
  data: DataDoor;
  bundles: RunningBundles;
  quota?: StorageQuota;
}

/** Every door of the host with what stands behind it. */
export function createDoors({ database, clock, data, bundles, quota = defaultQuota }: DoorDeps): Doors {
  return {
    'config.get': (caller) => readConfig(database, caller),
    'education.classes': (caller, argument) => classes(data, caller, argument),
    'education.students': (caller, argument) => students(data, caller, argument),
    'i18n.texts': (caller) => texts(bundles, caller),
    log,
    ...storage({ database, data, clock, quota, checks: createCollectionChecks() }),
  };
}
