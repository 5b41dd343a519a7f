import { createSecretKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import type { Manifest } from '@digione/sdk/manifest';
import { createAccess } from '../../../core/access/index.ts';
import {
  createDispatch,
  createDoors,
  createVault,
  type DoorDeps,
  inboxRoutes,
  type Mailer,
  notificationRoutes,
  processorRoutes,
  publicInternet,
  settingsRoutes,
} from '../../../core/capabilities/index.ts';
import type { Database } from '../../../core/db/index.ts';
import { type Id, newId, sha256Hex, systemClock } from '../../../core/kernel/index.ts';
import {
  createBundleStore,
  createMarketplace,
  type Marketplace,
  marketplaceRoutes,
} from '../../../core/marketplace/index.ts';
import { createPlugins, type LiveLimits, type Plugins, pluginRoutes } from '../../../core/plugins/index.ts';
import { createSandbox, type Sandbox } from '../../../core/sandbox/index.ts';
import { quietLog, type TestDatabase, testDatabase } from '../../support/database.ts';
import { sampleBundle, type SampleFiles, sampleManifest } from '../marketplace/sample-plugin.ts';
import { type SchoolWorld, schoolWorld } from '../marketplace/school-world.ts';
import { type TestService, testService } from '../marketplace/service.ts';

/** Everything of the core that runs a plugin, with a real worker and a real database; only the registry is left out. */
export interface PluginWorld extends AsyncDisposable {
  db: TestDatabase;
  database: Database;
  sandbox: Sandbox;
  marketplace: Marketplace;
  plugins: Plugins;
  /** Public half of what notices to processors are signed with. */
  logKey: KeyObject;
  service: TestService;
  town: SchoolWorld;
  /** Puts a plugin into use in the town's school: bundle, agreement with the proposed bases, enablement. */
  install(sample?: SampleFiles, bases?: Record<string, string>, duties?: Duties): Promise<Installed>;
  /** The consent of a learner for a purpose of a plugin. */
  consent(person: Id, what: { plugin: string; purpose: string; elements: string[]; valid?: boolean }): Promise<void>;
}

/** What every element of the agreement comes with. */
export interface Duties {
  noExport?: boolean;
  lease?: 'during-request';
}

export interface Installed {
  plugin: string;
  enablement: Id;
  call(method: string, argument?: unknown, actor?: SchoolWorld['teacher']): ReturnType<TestService['send']>;
  /** Asks a door of the host from inside the isolate: what the guest got, or the code of its refusal. */
  ask(door: string, argument: unknown, actor?: SchoolWorld['teacher']): Promise<Asked>;
}

/** What a door answered the guest. */
export interface Asked {
  value?: unknown;
  code?: string;
  detail?: string;
}

export interface WorldOptions extends Pick<DoorDeps, 'quota' | 'egress' | 'fileQuota' | 'scan'> {
  live?: LiveLimits;
  mailer?: Mailer;
}

export async function pluginWorld({ live, mailer, ...limits }: WorldOptions = {}): Promise<PluginWorld> {
  const stack = new AsyncDisposableStack();
  const db = stack.use(await testDatabase());
  const { database } = db;
  const clock = systemClock('2026-11-24');
  const registry = { url: 'http://127.0.0.1:9', trustedRoot: 'none', cacheDir: 'none', timeoutMs: 1_000 };
  const marketplace = stack.use(
    createMarketplace({ database, clock, log: quietLog, registry, serviceToken: () => '' }),
  );
  const sandbox = stack.use(await createSandbox({ workers: 1, spares: 0, log: quietLog }));
  const access = createAccess({ database, clock, secret: Buffer.alloc(32, 7) });
  const vault = createVault([{ id: 'test', key: createSecretKey(Buffer.alloc(32, 9)) }]);
  const doors = createDoors({ database, clock, access, vault, bundles: marketplace.bundles, ...limits });
  const room = { database, marketplace, sandbox, access, clock, log: quietLog, pagesOrigin: 'http://127.0.0.1:8082' };
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  const signer = { name: 'test-log', privateKey };
  const plugins = stack.use(
    await createPlugins({
      ...room,
      capabilities: createDispatch(doors),
      notices: { signer, places: limits.egress ?? publicInternet },
      ...(live ? { live } : {}),
      ...(mailer ? { mail: { mailer, vault, origin: 'https://portal.test' } } : {}),
    }),
  );
  const service = stack.use(
    await testService([
      ...marketplaceRoutes(marketplace),
      ...settingsRoutes({ database, clock, vault }),
      ...inboxRoutes({ database, clock }),
      ...notificationRoutes({ database, clock, vault }),
      ...processorRoutes({ database, clock, signer }),
      ...pluginRoutes(plugins),
    ]),
  );
  const town = await schoolWorld(database);
  return {
    db,
    database,
    sandbox,
    marketplace,
    plugins,
    logKey: publicKey,
    service,
    town,
    install: (sample, bases, duties) => install({ database, service, town }, sample, { bases, duties }),
    consent: (person, what) => recordConsent(database, town.municipality, { person, ...what }),
    [Symbol.asyncDispose]: () => stack.disposeAsync(),
  };
}

type Rooms = Pick<PluginWorld, 'database' | 'service' | 'town'>;

async function install(
  { database, service, town }: Rooms,
  sample: SampleFiles = {},
  { bases = {}, duties = {} }: { bases?: Record<string, string> | undefined; duties?: Duties | undefined } = {},
): Promise<Installed> {
  const manifest = sample.manifest ?? sampleManifest();
  const { id: plugin, version } = manifest;
  const bytes = await sampleBundle({ ...sample, manifest });
  const digest = sha256Hex(bytes);
  await createBundleStore(database).put({ plugin, version, digest, manifest, bytes, verifiedAt: new Date() });
  const custom = JSON.stringify({ consentMajor: 1 });
  await database.global(async (tx) => {
    await tx.query({ text: releaseText, values: [plugin, version, digest, custom] });
    await tx.query({ text: trustText });
  });
  await accept({ service, town }, manifest, { bases, duties });
  const { body } = await service.send(town.administrator, 'POST', '/api/municipality/enablements', {
    plugin,
    school: town.school,
  });
  const call: Installed['call'] = (method, argument, actor = town.teacher) =>
    service.send(actor, 'POST', `/api/plugins/${plugin}/call`, { method, argument });
  const ask: Installed['ask'] = async (door, argument, actor) => {
    const answer = await call('ask', { door, argument }, actor);
    return (answer.body['value'] ?? answer.body) as Asked;
  };
  return { plugin, enablement: body['id'] as Id, call, ask };
}

async function accept(
  { service, town }: Pick<Rooms, 'service' | 'town'>,
  manifest: Manifest,
  { bases, duties }: { bases: Record<string, string>; duties: Duties },
): Promise<void> {
  const elements = manifest.scopes.flatMap(({ purpose, elements, legalBasis, background = false }) =>
    elements.map((element) => ({ purpose, element, background, legalBasis: bases[element] ?? legalBasis, ...duties })),
  );
  const { id: plugin, version } = manifest;
  const { status, body } = await service.send(town.administrator, 'POST', '/api/municipality/agreements', {
    plugin,
    version,
    elements,
  });
  if (status !== 201) throw new Error(`The agreement was refused: ${JSON.stringify(body)}`);
}

const releaseText = `insert into release (plugin, version, digest, state, channel, custom, metadata_version)
  values ($1, $2, $3, 'published', 'stable', $4, 1)`;
const trustText = `insert into registry_trust (metadata_version, refreshed_at, expires_at)
  values (1, now(), now() + interval '1 day') on conflict do nothing`;

interface ConsentRow {
  person: Id;
  plugin: string;
  purpose: string;
  elements: string[];
  valid?: boolean;
}

async function recordConsent(
  database: Database,
  municipality: Id,
  { person, plugin, purpose, elements, valid = true }: ConsentRow,
): Promise<void> {
  const state = valid ? 'ConsentGiven' : 'ConsentWithdrawn';
  const values = [municipality, person, plugin, purpose, state, valid, elements];
  await database.inTenant(municipality, (tx) => tx.query({ text: consentText, values }));
  await database.notify('digione_consent', { municipality, plugin });
}

const consentText = `insert into consent_state (municipality_id, person_id, plugin, purpose, state, valid, elements, consent_major, changed_at, revision)
  values ($1, $2, $3, $4, $5, $6, $7, 1, now(), 1)
  on conflict (municipality_id, person_id, plugin, purpose) do update set state = excluded.state, valid = excluded.valid,
    elements = excluded.elements, revision = consent_state.revision + 1`;

/** An id that no row has, in the form of one. */
export function nobody(): Id {
  return newId();
}
