import { join } from 'node:path';
import { connectDatabase, type Database } from '@digione/core/db';
import { createService, type Route } from '@digione/core/http';
import type { Clock, Log } from '@digione/core/kernel';
import type { VerificationKey } from '@digione/core/tokens';
import { advisoryRoutes } from './advisories/index.ts';
import { createAuthenticate } from './authenticate.ts';
import type { Caller } from './caller.ts';
import { catalogueRoutes, createCatalogue } from './catalogue/index.ts';
import type { StartInSandbox } from './checks/index.ts';
import { consoleRoutes } from './console/index.ts';
import { createLogTree, entriesFrom, leafHashesFrom, logRoutes, type LogTree } from './log/index.ts';
import { startUpkeep } from './upkeep.ts';
import { checkRelease, createCheckQueue, publishRoutes, type Publishing } from './publish/index.ts';
import { createServiceTokens, reviewRoutes } from './review/index.ts';
import { createTrust, keyFromFile, trustRoutes, type Trust } from './trust/index.ts';
import { vendorRoutes } from './vendors/index.ts';

export interface RegistryOptions {
  /** postgres:// address with the registry's application role; its schema is migrated already. */
  databaseUrl: string;
  host: string;
  /** 0 takes a free one. */
  port: number;
  /** Folder of the signing keys and the trust anchor. */
  folder: string;
  /** Bootstrap secret of the administrator; without one nobody is. */
  adminSecret: string | undefined;
  /** Public keys (ES256) of the core's service tokens. */
  serviceKeys: () => Promise<readonly VerificationKey[]>;
  /** Version of the platform that bundles are checked against. */
  platform: string;
  startInSandbox: StartInSandbox;
  clock: Clock;
  log: Log;
}

/** A running registry; disposing it ends its requests, its checks and its connections. */
export interface Registry extends AsyncDisposable {
  port: number;
  url: string;
}

const poolSize = 10;
const pollMilliseconds = 5_000;
const logOrigin = 'digione-registry';

/** Brings the registry up: connects, makes missing keys and first metadata, listens. */
export async function startRegistry(options: RegistryOptions): Promise<Registry> {
  const { host, port, log, clock } = options;
  await using stack = new AsyncDisposableStack();
  const database = stack.use(await connectDatabase({ url: options.databaseUrl, schema: 'registry', poolSize, log }));
  const trust = await createTrust({ database, clock, log, folder: options.folder });
  const publishing = stack.use(openPublishing(options, database, trust));
  stack.use(startUpkeep({ database, trust, clock, log }));
  const service = createService<Caller>({
    name: 'registry',
    routes: await routesOf({ publishing, options }),
    authenticate: createAuthenticate({ ...options, database, serviceTokens: serviceTokensOf(options, database) }),
    log,
    clock,
    openapi: { title: 'DigiOne registry', version: '1' },
    health: async () => void (await database.pool.query('select 1')),
  });
  const listening = stack.use(await service.listen(port, host));
  publishing.queue.wake();
  const running = stack.move();
  return {
    port: listening.port,
    url: `http://${host}:${listening.port}`,
    [Symbol.asyncDispose]: () => running.disposeAsync(),
  };
}

function openPublishing(options: RegistryOptions, database: Database, trust: Trust): Publishing & AsyncDisposable {
  const { clock, log, platform, startInSandbox } = options;
  const deps = { database, clock, trust, platform, startInSandbox };
  const queue = createCheckQueue({ database, log, pollMilliseconds, check: (release) => checkRelease(deps, release) });
  return { database, clock, trust, queue, [Symbol.asyncDispose]: () => queue[Symbol.asyncDispose]() };
}

function serviceTokensOf({ clock, serviceKeys }: RegistryOptions, database: Database) {
  return createServiceTokens({ database, clock, keys: serviceKeys });
}

async function routesOf({
  publishing,
  options,
}: {
  publishing: Publishing;
  options: RegistryOptions;
}): Promise<Route<Caller>[]> {
  const { database, clock, trust } = publishing;
  return [
    ...vendorRoutes({ database, clock }),
    ...consoleRoutes({ database, clock }),
    ...catalogueRoutes(await createCatalogue(database)),
    ...publishRoutes(publishing),
    ...reviewRoutes({ database, clock, publishing }),
    ...advisoryRoutes(publishing),
    ...trustRoutes({ database, trust }),
    ...logRoutes({ database, tree: await openLogTree(database, options.folder) }),
  ];
}

async function openLogTree(database: Database, folder: string): Promise<LogTree> {
  const isNew = (await entriesFrom(database, 0, 1)).length === 0;
  const key = await keyFromFile(join(folder, 'keys'), 'log', { create: isNew });
  return createLogTree({ origin: logOrigin, key, leavesFrom: (index) => leafHashesFrom(database, index) });
}
