import type { Access } from '../access/index.ts';
import type { Database } from '../db/index.ts';
import type { Clock } from '../kernel/index.ts';
import type { RunningBundles } from '../marketplace/index.ts';
import { createCollectionChecks } from './collections.ts';
import { readConfig } from './config-store.ts';
import type { Doors } from './door.ts';
import { classes, students } from './education.ts';
import { log, texts } from './everyone.ts';
import { storage } from './storage.ts';
import { defaultQuota, type StorageQuota } from './usage-store.ts';

export interface DoorDeps {
  database: Database;
  clock: Clock;
  access: Access;
  bundles: RunningBundles;
  quota?: StorageQuota;
}

/** Every door of the host with what stands behind it. */
export function createDoors({ database, clock, access, bundles, quota = defaultQuota }: DoorDeps): Doors {
  return {
    'config.get': (caller) => readConfig(database, caller),
    'education.classes': (caller, argument) => classes(access, caller, argument),
    'education.students': (caller, argument) => students(access, caller, argument),
    'i18n.texts': (caller) => texts(bundles, caller),
    log,
    ...storage({ database, access, clock, quota, checks: createCollectionChecks() }),
  };
}
