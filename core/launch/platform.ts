import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { programPath, readCommonConfig, type CommonConfig, type Environment } from '../config/index.ts';
import {
  migrate,
  migrationFiles,
  provision,
  sqlFilesOf,
  startEmbeddedPostgres,
  type Provisioned,
  type ProvisionOptions,
} from '../db/index.ts';
import { demoPersons, type DemoSignIn } from '../demo/index.ts';
import { createLog, type Log } from '../kernel/index.ts';
import { buildPortal, portalIsStale } from '../portal/index.ts';
import { startChild, type Child } from './child.ts';
import { checkPorts } from './ports.ts';
import type { Progress } from './progress.ts';
import { identityFiles } from './identity-files.ts';
import { publishExample } from './publish-example.ts';
import { lockDataFolder, type RunLock } from './run-lock.ts';
import { ensureSecrets } from './secrets.ts';
import { seedDatabase } from './seed-database.ts';

export interface Platform extends AsyncDisposable {
  config: CommonConfig;
  persons: readonly DemoSignIn[];
  cluster: string;
  moved: boolean;
  servers: readonly Pick<Child, 'name' | 'pid' | 'ready'>[];
}

export interface PlatformOptions {
  environment: Environment;
  progress: Progress;
  /** Told when a server died by itself and is started again. */
  onRestart(name: string): void;
  /** Aborted when the run is told to end: a start stops at its next step, and a later run waits for the end of this one. */
  signal?: AbortSignal;
  /** Roles of the database of DATABASE_URL; default named after the database. */
  roles?: ProvisionOptions;
}

const root = fileURLToPath(new URL('../../', import.meta.url));
/** A little longer than servers take to drain once their launcher is gone. */
const afterKillMilliseconds = 10_000;

/** Brings everything up in the order in which each part needs the one before, and takes it down in the reverse. */
export async function startPlatform(options: PlatformOptions): Promise<Platform> {
  const config = readCommonConfig(options.environment);
  const stack = new AsyncDisposableStack();
  try {
    const lock = await lockDataFolder(config.dataFolder, options.progress.say);
    stack.defer(async () => lock.release());
    options.signal?.addEventListener('abort', lock.tellEnding);
    await checkAllPorts(config, lock, options);
    ensureSecrets(config.dataFolder);
    // They load while the database is opened and prepared, and begin when they are told where it is.
    const servers = startServers(config, options);
    const stopServers = async () => void (await Promise.all(servers.map((server) => server[Symbol.asyncDispose]())));
    stack.defer(stopServers);
    const [database, portalDist] = await Promise.all([
      options.progress.step('PostgreSQL', () => openDatabase(config, options, stack)),
      preparePortal(config, options),
    ]);
    // Before the database that they speak with.
    stack.defer(stopServers);
    options.signal?.throwIfAborted();
    await prepareData({ config, options, provisioned: database.provisioned });
    options.signal?.throwIfAborted();
    const told = settingsOf({
      config,
      database: database.provisioned,
      portalDist,
      given: options.environment,
    });
    for (const server of servers) server.begin(told[server.name]!);
    await options.progress.step(
      'Servers',
      async () => void (await Promise.all(servers.map((server) => server.ready(options.signal)))),
    );
    await publishExample({ config, progress: options.progress });
    options.signal?.throwIfAborted();
    const kept = stack.move();
    return {
      config,
      persons: demoPersons(),
      ...database,
      servers,
      [Symbol.asyncDispose]: () => kept.disposeAsync(),
    };
  } catch (error) {
    await stack.disposeAsync();
    throw error;
  }
}

async function checkAllPorts(
  { addresses }: CommonConfig,
  { afterKill }: RunLock,
  { progress, signal }: PlatformOptions,
): Promise<void> {
  const { host, corePort, registryPort, pagesPort, identityPort } = addresses;
  await checkPorts({
    host,
    ports: { core: corePort, registry: registryPort, 'plugin pages': pagesPort, 'identity provider': identityPort },
    patienceMilliseconds: afterKill ? afterKillMilliseconds : 0,
    onWait: () => progress.say('… The servers of a run that was killed are still stopping; this one waits for them.'),
    signal,
  });
}

interface OpenDatabase {
  provisioned: Provisioned;
  cluster: string;
  moved: boolean;
}

async function openDatabase(
  config: CommonConfig,
  { environment, roles }: PlatformOptions,
  stack: AsyncDisposableStack,
): Promise<OpenDatabase> {
  const given = environment['DATABASE_URL'];
  if (given) return { provisioned: await provisionGiven(given, roles), cluster: new URL(given).host, moved: false };
  const embedded = stack.use(await startEmbeddedPostgres({ dataFolder: config.dataFolder, database: 'digione' }));
  return { provisioned: await provision(embedded.url), cluster: embedded.cluster, moved: embedded.moved };
}

const oldestMajor = 15;

async function provisionGiven(url: string, roles?: ProvisionOptions): Promise<Provisioned> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000 });
  try {
    await client.connect();
    const { rows } = await client.query('show server_version_num');
    if (Number(rows[0].server_version_num) < oldestMajor * 10_000)
      throw new Error(
        `it is PostgreSQL ${rows[0].server_version_num}, and ${oldestMajor} is the oldest that DigiOne runs on`,
      );
  } catch (error) {
    // The address may carry a password: only its host is named.
    throw new Error(`The server of DATABASE_URL (${new URL(url).host}) can't be used: ${(error as Error).message}.`, {
      cause: error,
    });
  } finally {
    await client.end();
  }
  return provision(url, roles);
}

async function preparePortal(config: CommonConfig, { environment, progress }: PlatformOptions): Promise<string> {
  const dist = environment['DIGIONE_PORTAL_DIST'] || join(config.dataFolder, 'portal');
  if (await portalIsStale(dist))
    await progress.step('Portal (built when its sources changed)', () => buildPortal(dist));
  return dist;
}

interface Preparation {
  config: CommonConfig;
  options: PlatformOptions;
  provisioned: Provisioned;
}

async function prepareData({ config, options, provisioned }: Preparation): Promise<void> {
  const log = launchLog(config);
  const { ownerUrl, coreRole, registryRole } = provisioned;
  await options.progress.step('Migrations', async () => {
    await migrate({
      ownerUrl,
      schema: 'core',
      applicationRole: coreRole,
      files: migrationFiles(join(root, 'core')),
      log,
    });
    const files = sqlFilesOf(join(root, 'registry/migrations'));
    await migrate({ ownerUrl, schema: 'registry', applicationRole: registryRole, files, log });
  });
  await options.progress.step('Demonstration data', (tell) =>
    seedDatabase({
      config,
      url: provisioned.coreUrl,
      log,
      tell(detail) {
        options.signal?.throwIfAborted();
        tell(detail);
      },
    }),
  );
  identityFiles(config);
}

/** The screen belongs to people; what machines say goes to the folder of logs. */
function launchLog({ logLevel }: CommonConfig): Log {
  return createLog({ name: 'launch', level: logLevel === 'info' ? 'silent' : logLevel });
}

interface SettingsOf {
  config: CommonConfig;
  database: Provisioned;
  portalDist: string;
  given: Environment;
}

/** Each process is told the settings it needs and nothing of the others' secrets. */
function settingsOf({ config, database, portalDist, given }: SettingsOf): Record<string, Environment> {
  const { addresses, dataFolder, today = '', logLevel } = config;
  const base = {
    DIGIONE_PROGRAMS: given['DIGIONE_PROGRAMS'],
    PORT: String(addresses.corePort),
    DIGIONE_HOST: addresses.host,
    DIGIONE_DATA_DIR: dataFolder,
    DIGIONE_TODAY: today,
    DIGIONE_LOG_LEVEL: logLevel,
    DIGIONE_PUBLIC_ORIGIN: addresses.core,
    DIGIONE_PAGES_ORIGIN: addresses.pages,
    DIGIONE_REGISTRY_URL: addresses.registry,
  };
  const core = {
    ...base,
    DIGIONE_CORE_DATABASE: database.coreUrl,
    DIGIONE_PORTAL_DIST: portalDist,
    DIGIONE_WORKERS: given['DIGIONE_WORKERS'],
    DIGIONE_CALLS_PER_SECOND: given['DIGIONE_CALLS_PER_SECOND'],
    DIGIONE_METRICS: given['DIGIONE_METRICS'],
  };
  return {
    core,
    pages: { ...base, DIGIONE_CORE_DATABASE: database.coreUrl },
    registry: { ...base, DIGIONE_REGISTRY_DATABASE: database.registryUrl },
    identity: base,
  };
}

function startServers({ addresses, dataFolder }: CommonConfig, options: PlatformOptions): Child[] {
  const { PATH, NODE_COMPILE_CACHE, NODE_ENV } = options.environment;
  const logs = join(dataFolder, 'logs');
  mkdirSync(logs, { recursive: true });
  const child = (name: string, entry: string, origin: string, ...args: string[]): Child =>
    startChild({
      name,
      entry: programPath(options.environment, entry) ?? join(root, entry),
      args,
      environment: { PATH, NODE_COMPILE_CACHE, NODE_ENV },
      logFile: join(logs, `${name}.log`),
      healthUrl: `${origin}/healthz`,
      onRestart: options.onRestart,
    });
  const local = (port: number) => `http://${addresses.local}:${port}`;
  return [
    child(
      'identity',
      'core/launch/identity-provider/main.ts',
      local(addresses.identityPort),
      join(dataFolder, 'identity-provider.json'),
    ),
    child('registry', 'registry/main.ts', local(addresses.registryPort)),
    child('pages', 'core/pages/main.ts', local(addresses.pagesPort)),
    child('core', 'core/main.ts', local(addresses.corePort)),
  ];
}
