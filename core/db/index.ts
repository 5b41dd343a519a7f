export { connectDatabase, type Database, type DatabaseOptions, type TenantOptions } from './database.ts';
export type { BulkTx, Query, Tx } from './transaction.ts';
export { migrate, type MigrateOptions } from './migrate.ts';
export { migrationFiles, sqlFilesOf } from './migration-files.ts';
export { addressesOf, provision, type Provisioned, type ProvisionOptions } from './provision.ts';
export { proveTenancy } from './tenancy-probe.ts';
export { startEmbeddedPostgres, type EmbeddedPostgres } from './embedded-postgres.ts';
