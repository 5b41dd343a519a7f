import { lookup } from 'node:dns/promises';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  accessRoutes,
  attendanceRoutes,
  budgetRoutes,
  createAccess,
  createBudgets,
  shareBudgets,
} from './access/index.ts';
import {
  auditRoutes,
  createAudit,
  createWitness,
  readWitnessFile,
  startCosigning,
  witnessRoutes,
} from './audit/index.ts';
import {
  createDispatch,
  createDoors,
  createSmtpMailer,
  createVault,
  documentsFollow,
  eraseWithdrawn,
  inboxRoutes,
  isPublicAddress,
  notificationRoutes,
  oweAfterConsent,
  processorRoutes,
  publicInternet,
  settingsRoutes,
  tellOfConsent,
} from './capabilities/index.ts';
import { breakGlassRoutes, createBreakGlass } from './break-glass/index.ts';
import { readCoreConfig, type CoreConfig } from './config/index.ts';
import { consentRoutes, consentsFollow, createConsent, startConsentLife } from './consent/index.ts';
import { connectDatabase, proveTenancy } from './db/index.ts';
import {
  createRosters,
  educationRoutes,
  startRosterFetches,
  type FetchDeps,
  type RosterDeps,
} from './education/index.ts';
import { createFigures, figureRoutes, serveMetrics } from './figures/index.ts';
import { createService } from './http/index.ts';
import { createIdentity, hashNationalId, readIdentityFile, type Actor } from './identity/index.ts';
import { createLog, liveUntilTold, serverSettings, systemClock, type Clock } from './kernel/index.ts';
import { createMarketplace, marketplaceRoutes } from './marketplace/index.ts';
import { consentChannel, createPlugins, pluginRoutes } from './plugins/index.ts';
import { portalPages } from './portal/index.ts';
import { createRights, requireAssessment, rightsRoutes } from './rights/index.ts';
import { createSandbox } from './sandbox/index.ts';
import { createSupport, supportRoutes } from './support/index.ts';
import { issueToken, serviceToken } from './tokens/index.ts';

/** The core: reads the settings, makes the rooms, tells each what it needs, serves. The only file that knows everyone. */
const config = readCoreConfig(await serverSettings());
const log = createLog({ name: 'core', level: config.logLevel });
const clock = systemClock(config.today);
const parts = new AsyncDisposableStack();

// Its processes load while the core does.
const sandboxStarting = createSandbox({ workers: config.workers, spares: 1, log, program: config.workerProgram });
const database = parts.use(await connectDatabase({ url: config.databaseUrl, schema: 'core', poolSize: 20, log }));
await proveTenancy(database);

const identity = createIdentity({
  settings: {
    ...readIdentityFile(readFileSync(config.providersFile, 'utf8')),
    publicOrigin: config.addresses.core,
    nationalIdKey: config.secrets.identifiers,
  },
  database,
  clock,
});
const auditSigner = { name: 'digione-audit', privateKey: config.secrets.audit };
const audit = createAudit({
  database,
  clock,
  log,
  signer: auditSigner,
});
parts.use(audit.start({ everyMs: 1_000 }));
const watched = config.witnessesFile ? readWitnessFile(readFileSync(config.witnessesFile, 'utf8')) : undefined;
const witness = createWitness({
  database,
  clock,
  signer: watched ? { ...auditSigner, name: watched.name } : auditSigner,
  logs: watched?.logs ?? [],
});
if (watched) parts.use(startCosigning({ database, clock, log, witnesses: watched.witnesses, everyMs: 60_000 }));
const budgets = createBudgets({
  database,
  clock,
  log,
  rowsPerMinute: config.rowsPerMinute,
  onStop: ({ municipality, plugin, kind }) =>
    marketplace.enablements.stopEverywhere(municipality, plugin, `alarm: ${kind}`),
});
const access = createAccess({ database, clock, secret: config.secrets.pseudonyms.export(), budgets });
const consent = createConsent({
  database,
  clock,
  mandates: identity.mandates,
  recordAct: async (tx, { person, ...act }) => {
    await audit.append(tx, { ...act, subjects: [{ person, mask: 0 }] });
    if (act.action === 'family.read') return;
    await oweAfterConsent(tx, { clock, access }, { ...act, person });
    const by = act.actor === undefined ? null : { person: act.actor, role: act.actorRole };
    const { municipality, plugin, purpose } = act;
    await tellOfConsent(tx, { municipality, plugin, purpose, subject: person, by, language: 'fi', at: clock.now() });
  },
  onConsentChanged: ({ municipality, plugin }) => database.notify(consentChannel, { municipality, plugin }),
  eraseRecords: eraseWithdrawn,
});
parts.use(startConsentLife({ database, life: consent.life, log, everyMs: 6 * 3_600_000 }));
const marketplace = parts.use(
  createMarketplace({
    database,
    clock,
    log,
    registry: {
      url: config.addresses.registry,
      trustedRoot: config.trustRoot,
      cacheDir: join(config.dataFolder, 'core', 'trust'),
    },
    serviceToken: (actor) => registryToken(actor, config, clock),
    checkTerms: requireAssessment,
  }),
);
parts.use(shareBudgets(budgets, { everyMs: 5_000, log }));
const sandbox = parts.use(await sandboxStarting);
const figures = parts.use(createFigures({ database, sandbox, clock, log }));
if (config.metrics) parts.use(await serveMetrics(config.metrics, () => figures.metrics()));
const vault = createVault([{ id: 'vault', key: config.secrets.vault }]);
const letters = config.mail !== undefined;
const doors = createDoors({ database, clock, access, vault, bundles: marketplace.bundles, letters });
const mailer = config.mail && parts.use(createSmtpMailer(config.mail));
const plugins = parts.use(
  await createPlugins({
    database,
    marketplace,
    sandbox,
    capabilities: createDispatch(doors),
    access,
    clock,
    log,
    pagesOrigin: config.addresses.pages,
    callsPerSecond: config.callsPerSecond,
    notices: { signer: auditSigner, places: publicInternet },
    ...(mailer ? { mail: { mailer, vault, origin: config.addresses.core } } : {}),
  }),
);
const rights = parts.use(
  await createRights({
    database,
    clock,
    log,
    mandates: identity.mandates,
    access,
    signer: auditSigner,
    findReceipt: audit.receiptIn,
    onNarrowed: async ({ municipality, plugins: around }) => {
      for (const plugin of around) await database.notify(consentChannel, { municipality, plugin });
    },
  }),
);
const rosterParts = {
  database,
  clock,
  log,
  folder: join(config.dataFolder, 'core', 'rosters'),
  hashIdentifier: (value: string) => hashNationalId(config.secrets.identifiers, value),
  recordAct: (tx, { persons = [], ...act }) =>
    audit.append(tx, { ...act, subjects: persons.map((person) => ({ person, mask: 0 })) }),
} satisfies RosterDeps;
const rosters = parts.use(createRosters(rosterParts));
const fetches: FetchDeps = {
  ...rosterParts,
  rosters,
  vault,
  places: {
    resolve: async (host) => (await lookup(host, { all: true })).map(({ address }) => address),
    isPublicAddress,
    allowLoopback: ['localhost', '127.0.0.1'].includes(new URL(config.addresses.core).hostname),
  },
};
parts.use(startRosterFetches(fetches, { everyMs: 60_000 }));

const service = createService<Actor>({
  name: 'core',
  log,
  clock,
  openapi: { title: 'DigiOne core', version: '0.1.0' },
  authenticate: (ctx) => identity.authenticate(ctx),
  routes: [
    ...identity.routes,
    ...accessRoutes({ access }),
    ...budgetRoutes({ database, clock }),
    ...breakGlassRoutes({ breakGlass: createBreakGlass({ database, clock, access, audit }), clock }),
    ...supportRoutes({ support: createSupport({ database, clock, audit }), clock }),
    ...attendanceRoutes({ access, database, clock }),
    ...consentRoutes({ consent }),
    ...auditRoutes({ audit }),
    ...witnessRoutes({ witness }),
    ...marketplaceRoutes(marketplace),
    ...settingsRoutes({ database, clock, vault }),
    ...inboxRoutes({ database, clock }),
    ...notificationRoutes({ database, clock, vault }),
    ...processorRoutes({ database, clock, signer: auditSigner }),
    ...pluginRoutes(plugins),
    ...figureRoutes(figures, marketplace.vendorDesk),
    ...rightsRoutes(rights),
    ...educationRoutes({ ...fetches, followers: [documentsFollow, consentsFollow] }),
  ],
  health: async () => void (await database.pool.query('select 1')),
  pages: portalPages({ dist: config.portalDist, pagesOrigin: config.addresses.pages }),
});
const listening = parts.use(await service.listen(config.addresses.corePort, config.addresses.host));
marketplace.poller.start();
log.info({ port: listening.port }, 'the core is ready');
process.send?.({ ready: true });

liveUntilTold({ close: () => parts.disposeAsync(), onEnd: (why) => log.info({ why }, 'the core ends') });

/** Names a reviewer or somebody of a vendor to the registry, for one request within a minute. */
async function registryToken(actor: Actor, { secrets }: CoreConfig, now: Clock): Promise<string> {
  const { account, name, role } = actor;
  const username = await identity.vendorUsername(actor);
  return issueToken(
    { sub: account, name, role, ...(username && { username }) },
    {
      kind: serviceToken,
      issuer: 'core',
      audience: 'registry',
      lifeSeconds: 60,
      key: { kid: 'service', alg: 'ES256', key: secrets.service },
      clock: now,
    },
  );
}
