import { createHash, randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import {
  addressesOf,
  connectDatabase,
  migrate,
  migrationFiles,
  provision,
  sqlFilesOf,
  type Database,
  type Provisioned,
} from '../../core/db/index.ts';
import { createLog, type Log } from '../../core/kernel/index.ts';

export const quietLog: Log = createLog({ name: 'test', level: process.env['DIGIONE_TEST_LOG'] ?? 'silent' });

const coreFolder = fileURLToPath(new URL('../../core', import.meta.url));
const registryMigrations = fileURLToPath(new URL('../../registry/migrations', import.meta.url));

/** Address of the server that `npm test` started (or that the developer names). */
export function postgresServer(): string {
  const url = process.env['DIGIONE_TEST_POSTGRES'];
  if (!url) throw new Error('Run tests with "npm test -- <file>": it starts the PostgreSQL that they need.');
  return url;
}

export interface TestDatabase extends AsyncDisposable {
  /** The administrator's address, as DATABASE_URL would be. */
  url: string;
  provisioned: Provisioned;
  /** Connected as core's application role. */
  database: Database;
  /** Connected as the registry's application role. */
  connectRegistry(): Promise<Database>;
  /** As the owner: for looking behind the application's back. */
  asOwner<R extends object>(text: string, values?: unknown[]): Promise<R[]>;
}

/** A fresh, migrated database of this test alone, copied from a template that the first test makes. */
export async function testDatabase(): Promise<TestDatabase> {
  const name = `digione_test_${randomBytes(6).toString('hex')}`;
  await withServer(async (client) => {
    const template = await ensureTemplate(client);
    await client.query(`create database ${name} template ${template} strategy file_copy`);
  });
  const url = databaseUrl(name);
  // A copy of the template is migrated already, and its roles are the server's.
  const provisioned = addressesOf(url, templateRoles());
  const database = await connectDatabase({ url: provisioned.coreUrl, schema: 'core', poolSize: 6, log: quietLog });
  const registries: Database[] = [];
  return {
    url,
    provisioned,
    database,
    async connectRegistry() {
      const registry = await connectDatabase({
        url: provisioned.registryUrl,
        schema: 'registry',
        poolSize: 6,
        log: quietLog,
      });
      registries.push(registry);
      return registry;
    },
    asOwner: (text, values) => queryAs(provisioned.ownerUrl, text, values),
    async [Symbol.asyncDispose]() {
      for (const open of [database, ...registries]) await open[Symbol.asyncDispose]();
      await withServer((client) => client.query(`drop database if exists ${name} with (force)`));
    },
  };
}

/** A plain address on the test server for tests that provision by themselves. */
export function databaseUrl(name: string): string {
  const url = new URL(postgresServer());
  url.pathname = `/${name}`;
  return url.href;
}

/** Runs a statement with the server's administrator, on its maintenance database. */
export async function withServer<T>(work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: postgresServer() });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

async function queryAs<R extends object>(url: string, text: string, values: unknown[] = []): Promise<R[]> {
  const client = new pg.Client({ connectionString: url, options: '-c search_path=core,registry,public' });
  await client.connect();
  try {
    return (await client.query(text, values)).rows;
  } finally {
    await client.end();
  }
}

/** Named after the content of all migrations, so that a changed migration makes a new template. */
async function ensureTemplate(client: pg.Client): Promise<string> {
  const files = [...migrationFiles(coreFolder), ...sqlFilesOf(registryMigrations)].sort();
  const digest = createHash('sha256');
  for (const file of files) digest.update(file).update(readFileSync(file));
  const template = `digione_template_${digest.digest('hex').slice(0, 12)}`;
  await client.query(`select pg_advisory_lock(hashtext('digione test template'))`);
  try {
    const { rows } = await client.query('select 1 from pg_database where datname = $1', [template]);
    if (rows.length === 0) await makeTemplate(client, template);
  } finally {
    await client.query(`select pg_advisory_unlock(hashtext('digione test template'))`);
  }
  return template;
}

/** Under another name until it is whole: a run that was killed leaves no half template. */
async function makeTemplate(client: pg.Client, template: string): Promise<void> {
  const unfinished = `${template}_unfinished`;
  await client.query(`drop database if exists ${unfinished} with (force)`);
  await client.query(`create database ${unfinished}`);
  await provisionMigrated(databaseUrl(unfinished));
  await client.query(`alter database ${unfinished} rename to ${template}`);
}

/** All test databases share three roles, so that copies of the template keep their grants. */
const templateRoles = () => ({ roleStem: 'digione_test', secret: postgresServer() });

async function provisionMigrated(url: string): Promise<Provisioned> {
  const provisioned = await provision(url, templateRoles());
  await migrate({
    ownerUrl: provisioned.ownerUrl,
    schema: 'core',
    applicationRole: provisioned.coreRole,
    files: migrationFiles(coreFolder),
    log: quietLog,
  });
  await migrate({
    ownerUrl: provisioned.ownerUrl,
    schema: 'registry',
    applicationRole: provisioned.registryRole,
    files: sqlFilesOf(registryMigrations),
    log: quietLog,
  });
  return provisioned;
}
