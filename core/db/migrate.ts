import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import pg from 'pg';
import type { UmzugStorage } from 'umzug';
import type { Log } from '../kernel/index.ts';

export interface MigrateOptions {
  /** postgres:// address with the owner role. */
  ownerUrl: string;
  schema: 'core' | 'registry';
  /** Name of the application role that gets data rights, never ownership. */
  applicationRole: string;
  /** Absolute paths of *.sql files; they run in the order of their number. */
  files: string[];
  log: Log;
}

/** Runs what has not run yet, each file in a transaction of its own; two nodes starting at once wait for each other. */
export async function migrate(options: MigrateOptions): Promise<string[]> {
  const client = new pg.Client({
    connectionString: options.ownerUrl,
    options: `-c search_path=${options.schema},public`,
  });
  await client.connect();
  try {
    await client.query(`select pg_advisory_lock(hashtext('digione migrations'), hashtext($1))`, [options.schema]);
    await client.query(
      'create table if not exists migration (name text primary key, at timestamptz not null default now())',
    );
    await grantData(client, options);
    if (!(await isAnyPending(client, options))) return [];
    const umzug = await umzugOver(client, options);
    return (await umzug.up()).map(({ name }) => name);
  } finally {
    await client.end();
  }
}

/** Most starts have nothing to do: they are answered without the migration library. */
async function isAnyPending(client: pg.Client, { files }: MigrateOptions): Promise<boolean> {
  const done = new Set(await executed(client));
  return files.some((path) => !done.has(basename(path, '.sql')));
}

async function grantData(client: pg.Client, { schema, applicationRole }: MigrateOptions): Promise<void> {
  const role = pg.escapeIdentifier(applicationRole);
  await client.query(`grant usage on schema ${schema} to ${role}`);
  await client.query(
    `alter default privileges in schema ${schema} grant select, insert, update, delete on tables to ${role};
     alter default privileges in schema ${schema} grant usage on sequences to ${role}`,
  );
}

async function umzugOver(client: pg.Client, options: MigrateOptions) {
  const { Umzug } = await import('umzug');
  const ordered = [...options.files].sort((a, b) => basename(a).localeCompare(basename(b)));
  return new Umzug({
    migrations: ordered.map((path) => ({
      name: basename(path, '.sql'),
      path,
      up: () => runFile(client, path, options),
    })),
    storage: journal(client),
    logger: undefined,
  });
}

async function runFile(client: pg.Client, path: string, options: MigrateOptions): Promise<void> {
  const text = await readFile(path, 'utf8');
  const sql = text.replaceAll('{{app}}', pg.escapeIdentifier(options.applicationRole));
  await client.query('begin');
  try {
    await client.query(sql);
    await client.query('insert into migration (name) values ($1)', [basename(path, '.sql')]);
    await client.query('commit');
    options.log.debug({ migration: basename(path) }, 'migrated');
  } catch (error) {
    await client.query('rollback');
    throw new Error(`Migration ${basename(path)} failed: ${(error as Error).message}`, { cause: error });
  }
}

/** The row is written inside the migration's own transaction; umzug only reads. */
function journal(client: pg.Client): UmzugStorage {
  return {
    logMigration: async () => undefined,
    unlogMigration: async () => undefined,
    executed: () => executed(client),
  };
}

async function executed(client: pg.Client): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>('select name from migration order by name');
  return rows.map(({ name }) => name);
}
