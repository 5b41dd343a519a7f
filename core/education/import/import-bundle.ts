import type { BulkTx, Database } from '../../db/index.ts';
import { refuse, type Id } from '../../kernel/index.ts';
import type { LoadedFile } from './bundle-files.ts';
import { checkRemovals } from './check-removals.ts';
import { loadBundle, type LoadOptions } from './load-bundle.ts';
import type { ImportCounts } from './merge-file.ts';
import { refreshStatistics } from '../statistics-store.ts';
import { openBundle, type BundleLimits } from './open-bundle.ts';
import { collectProblems, type Problem } from './problems.ts';
import { readManifest } from './read-manifest.ts';

export interface ImportOptions extends LoadOptions {
  database: Database;
  /** Path of the zip. */
  path: string;
  /** Do everything, tell everything, keep nothing. */
  dryRun?: boolean;
  /** Largest share of anything that a bulk load may remove unconfirmed; 0.1 by default. */
  removalLimit?: number;
  limits?: BundleLimits;
}

export interface ImportReport {
  /** `stopped`: it would remove too much, and nobody has confirmed that. */
  outcome: 'loaded' | 'dry-run' | 'stopped';
  counts: ImportCounts;
  /** Files of which more than the limit would go. */
  tooMuchRemoved: readonly LoadedFile[];
  problems: readonly Problem[];
  /** All problems, those not kept in the list too. */
  problemCount: number;
}

/**
 * Loads a OneRoster 1.2 CSV bundle into one municipality: read, check, stage, merge, all in one transaction. Whatever
 * interrupts it leaves no trace. It narrows access at once and never widens it by itself; protections are not its business.
 */
export async function importBundle(options: ImportOptions): Promise<ImportReport> {
  using bundle = await openBundle(options.path, options.limits);
  const problems = collectProblems();
  const manifest = await readManifest(bundle, problems);
  const report = await rollbackUnlessLoaded(options, async (tx) => {
    const counts = await loadBundle(tx, { options, bundle, manifest, problems });
    const tooMuchRemoved = checkRemovals(counts, options.removalLimit ?? 0.1);
    return { outcome: outcomeOf(options, tooMuchRemoved), counts, tooMuchRemoved };
  });
  if (report.outcome === 'loaded') await refreshStatistics(options.database);
  return { ...report, problems: problems.kept, problemCount: problems.count };
}

type Result = Pick<ImportReport, 'outcome' | 'counts' | 'tooMuchRemoved'>;

function outcomeOf({ dryRun, confirm }: ImportOptions, tooMuch: readonly LoadedFile[]): ImportReport['outcome'] {
  if (dryRun) return 'dry-run';
  return tooMuch.length > 0 && !confirm?.removals ? 'stopped' : 'loaded';
}

/** Leaves the transaction without committing, and carries the result out. */
class NothingKept extends Error {
  readonly result: Result;

  constructor(result: Result) {
    super('rolled back on purpose');
    this.name = 'NothingKept';
    this.result = result;
  }
}

async function rollbackUnlessLoaded(options: ImportOptions, work: (tx: BulkTx) => Promise<Result>): Promise<Result> {
  try {
    return await options.database.inTenantBulk(options.municipality, async (tx) => {
      await oneImportAtATime(tx, options.municipality);
      await planForBulk(tx);
      const result = await work(tx);
      if (result.outcome !== 'loaded') throw new NothingKept(result);
      return result;
    });
  } catch (error) {
    if (error instanceof NothingKept) return error.result;
    throw error;
  }
}

async function oneImportAtATime(tx: BulkTx, municipality: Id): Promise<void> {
  const [lock] = await tx.query<{ free: boolean }>({
    text: `select pg_try_advisory_xact_lock(hashtext('education import'), hashtext($1)) as free`,
    values: [municipality],
  });
  if (!lock!.free) refuse('conflict', 'Another import of this municipality is running. Wait for it to end.');
}

/**
 * A municipality that has just been loaded has no statistics yet, and the planner, expecting one row, would visit every
 * pair of rows. Hash joins are right for a whole roster, and harmless for a small delta.
 */
async function planForBulk(tx: BulkTx): Promise<void> {
  await tx.query({
    text: `set local enable_nestloop = off; set local enable_mergejoin = off; set local work_mem = '64MB'; set local jit = off`,
  });
}
