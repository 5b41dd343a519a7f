import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Actor } from '../../../core/identity/index.ts';
import { systemClock } from '../../../core/kernel/index.ts';
import { createMarketplace, type Marketplace, marketplaceRoutes } from '../../../core/marketplace/index.ts';
import { quietLog, type TestDatabase, testDatabase } from '../../support/database.ts';
import { type SchoolWorld, schoolWorld } from './school-world.ts';
import { type TestService, testService } from './service.ts';
import { type SignedRegistry, signedRegistry } from './signed-registry.ts';

export interface MarketplaceWorld extends AsyncDisposable {
  db: TestDatabase;
  registry: SignedRegistry;
  marketplace: Marketplace;
  service: TestService;
  town: SchoolWorld;
  /** A second node beside the first, with its own metadata cache. */
  node(): Marketplace;
}

export async function marketplaceWorld(): Promise<MarketplaceWorld> {
  const stack = new AsyncDisposableStack();
  const db = stack.use(await testDatabase());
  const registry = stack.use(await signedRegistry());
  const node = () => stack.use(createMarketplace(options(db, registry)));
  const marketplace = node();
  const service = stack.use(await testService(marketplaceRoutes(marketplace)));
  const town = await schoolWorld(db.database);
  return { db, registry, marketplace, service, town, node, [Symbol.asyncDispose]: () => stack.disposeAsync() };
}

function options(
  { database }: TestDatabase,
  { url, trustedRoot }: SignedRegistry,
): Parameters<typeof createMarketplace>[0] {
  return {
    database,
    clock: systemClock('2026-11-24'),
    log: quietLog,
    registry: {
      url,
      trustedRoot,
      cacheDir: join(mkdtempSync(join(tmpdir(), 'digione-node-')), 'trust'),
      timeoutMs: 20_000,
    },
    serviceToken: (actor: Actor) => `token-of-${actor.person}`,
  };
}

/** The choices of a municipality for the sample plugin: one basis is consent. */
export const sampleChoices = [
  { purpose: 'class-list', element: 'students.givenName', legalBasis: 'public-task' },
  { purpose: 'class-list', element: 'students.familyName', legalBasis: 'public-task' },
  { purpose: 'class-notes', element: 'storage.notes', legalBasis: 'consent' },
] as const;
