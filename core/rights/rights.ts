import { createJobs, type Jobs } from '../plugins/index.ts';
import type { Id } from '../kernel/index.ts';
import { eraseRound } from './erasure/erase-round.ts';
import type { RightsDeps } from './exercising.ts';
import { collectPage, type Collected } from './export/collect-page.ts';
import { exportRound, expiryRound } from './export/export-round.ts';
import type { FindReceipt } from './export/log-sources-store.ts';
import { allSources } from './export/sources.ts';
import { reminderRound } from './reminders/reminder-routes.ts';

export interface RightsOptions extends RightsDeps {
  /** Receipt of a consent decision, made in the caller's transaction. */
  findReceipt: FindReceipt;
  /** Rows of a page of an export; default by source. */
  pageSize?: number;
}

/** Data subject rights: requests, exports, erasure, and the work in the background that they need. */
export interface Rights extends AsyncDisposable {
  deps: RightsDeps;
  jobs: Jobs;
  /** One page of an export, as the background work does it one after the other. */
  collectPage(municipality: Id, id: Id): Promise<Collected>;
}

export async function createRights({ findReceipt, pageSize, ...deps }: RightsOptions): Promise<Rights> {
  let isEnding = false;
  const collecting = { ...deps, sources: allSources(findReceipt), ...(pageSize !== undefined && { pageSize }) };
  const rounds = [
    (municipality: Id) => exportRound(collecting, municipality, () => isEnding),
    (municipality: Id) => expiryRound(deps, municipality),
    (municipality: Id) => eraseRound(deps, municipality),
    (municipality: Id) => reminderRound(deps, municipality),
  ];
  const jobs = await createJobs({ database: deps.database, log: deps.log, rounds, sweepMs: 30_000 });
  return {
    deps,
    jobs,
    collectPage: (municipality, id) => collectPage(collecting, municipality, id),
    async [Symbol.asyncDispose]() {
      isEnding = true;
      await jobs[Symbol.asyncDispose]();
    },
  };
}
