import type { Database } from '../db/index.ts';
import type { Clock, Log } from '../kernel/index.ts';
import { type Agreements, createAgreements } from './agreements.ts';
import { createBundleStore } from './bundle-store.ts';
import { type Catalogue, createCatalogue } from './catalogue.ts';
import { tellEnablement } from './enablement-notice.ts';
import { createEnablements, type EnablementDeps, type Enablements } from './enablements.ts';
import { checkFresh, type Freshness, freshness } from './freshness.ts';
import { createGrants } from './grants.ts';
import { keepGrants, type KeptGrants } from './kept-grants.ts';
import { createPoller, type Poller } from './poller.ts';
import { createRegistryHttp } from './registry-http.ts';
import { createReleaseStore } from './release-store.ts';
import { createReview, type Review } from './review.ts';
import { createRunningBundles, type RunningBundles } from './running-bundles.ts';
import type { ServiceToken } from './service-token.ts';
import { createTrustClient } from './trust-client.ts';
import { createVendorDesk, type VendorDesk } from './vendor-desk.ts';

export interface MarketplaceOptions {
  database: Database;
  clock: Clock;
  log: Log;
  registry: {
    /** Base address, without a slash at its end. */
    url: string;
    /** File with the trusted root, `<data folder>/trust/root.json` of the registry, handed over by the operator. */
    trustedRoot: string;
    /** Folder for this node's metadata cache. */
    cacheDir: string;
    /** Default 2 000. */
    pollMs?: number;
    /** Default 5 000. */
    timeoutMs?: number;
  };
  serviceToken: ServiceToken;
  /** Refuses to take into use, or to move to, terms for which something must be done first. */
  checkTerms?: EnablementDeps['checkTerms'];
  /** How long an accepted agreement lasts. Default 4 years. */
  agreementYears?: number;
}

/** Agreements, enablement and everything that comes from the registry. */
export interface Marketplace extends AsyncDisposable {
  database: Database;
  catalogue: Catalogue;
  review: Review;
  vendorDesk: VendorDesk;
  agreements: Agreements;
  enablements: Enablements;
  grants: KeptGrants;
  bundles: RunningBundles;
  poller: Poller;
  freshness(): Promise<Freshness>;
}

export function createMarketplace(options: MarketplaceOptions): Marketplace {
  const { database, clock, serviceToken, checkTerms, agreementYears = 4 } = options;
  const releases = createReleaseStore(database);
  const bundles = createBundleStore(database);
  const timeoutMs = options.registry.timeoutMs ?? 5_000;
  const http = createRegistryHttp({ url: options.registry.url, timeoutMs });
  const grants = keepGrants(createGrants(database), clock);
  const poller = follow(options, { http, releases, bundles, grants, timeoutMs });
  const fresh = () => checkFresh(releases, clock);
  return {
    database,
    catalogue: createCatalogue(database),
    review: createReview({ http, serviceToken, sync: () => poller.sync() }),
    vendorDesk: createVendorDesk({ http, serviceToken }),
    agreements: createAgreements({ database, clock, checkFresh: fresh, yearsValid: agreementYears }),
    enablements: createEnablements({
      database,
      clock,
      checkFresh: fresh,
      ...(checkTerms && { checkTerms }),
      onChanged: () => grants.forget(),
    }),
    grants,
    bundles: createRunningBundles(bundles),
    poller,
    freshness: () => freshness(releases, clock),
    [Symbol.asyncDispose]: () => poller[Symbol.asyncDispose](),
  };
}

interface Rooms {
  http: ReturnType<typeof createRegistryHttp>;
  releases: ReturnType<typeof createReleaseStore>;
  bundles: ReturnType<typeof createBundleStore>;
  grants: KeptGrants;
  timeoutMs: number;
}

function follow(
  { database, clock, log, registry }: MarketplaceOptions,
  { timeoutMs, grants, ...rooms }: Rooms,
): Poller {
  const trust = createTrustClient({ ...registry, timeoutMs, log });
  const deps = {
    ...rooms,
    trust,
    clock,
    log,
    onKilled: async (killed: { plugin: string; version: string; reason: string }) => {
      grants.forget();
      await database.global((tx) => tellEnablement(tx, { ...killed, status: 'revoked' }));
    },
  };
  return createPoller(deps, { everyMs: registry.pollMs ?? 2_000 });
}
