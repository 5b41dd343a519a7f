import type { Access } from '../../access/index.ts';
import type { Database } from '../../db/index.ts';
import type { Clock } from '../../kernel/index.ts';
import type { CollectionChecks } from './collections.ts';
import type { StorageQuota } from './usage-store.ts';

export interface StorageDeps {
  database: Database;
  access: Access;
  checks: CollectionChecks;
  clock: Clock;
  quota: StorageQuota;
}
