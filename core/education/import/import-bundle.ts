import type { BulkTx, Database } from '../../db/index.ts';
import { refuse, type Clock, type Id } from '../../kernel/index.ts';
import { loadOrder, type LoadedFile } from './bundle-files.ts';
import type { HashIdentifier } from './check-value.ts';
import { checkRemovals } from './check-removals.ts';
import { mergeFile, mergeLinks, type ImportCounts } from './merge-file.ts';
import type { Import } from './merge-table.ts';
import { refreshStatistics } from '../statistics-store.ts';
import { openBundle, type BundleLimits, type OpenBundle } from './open-bundle.ts';
import { collectProblems, type Problem, type ProblemList } from './problems.ts';
import { readManifest, type LoadMode, type Manifest } from './read-manifest.ts';
import { stageFile, type Staged } from './stage-file.ts';

export interface ImportOptions {
  database: Database;
  clock: Clock;
  municipality: Id;
  /** Path of the zip. */
  path: string;
  /** Must be the function that sign-in uses. */
  hashIdentifier: HashIdentifier;
  /** Do everything, tell everything, keep nothing. */
  dryRun?: boolean;
  confirm?: {
    /** Load although more than the limit would be removed. */
    removals?: boolean;
    /** Somebody of the municipality has seen who would gain access, and agrees. */
    access?: boolean;
  };
  /** Largest share of anything that a bulk load may remove unconfirmed; 0.1 by default. */
  removalLimit?: number;
  limits?: BundleLimits;
  progress?: (step: ImportProgress) => void;
}

export interface ImportProgress {
  file: LoadedFile;
  phase: 'reading' | 'merging';
  rows: number;
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
    const work = await stageBundle(tx, { options, bundle, manifest, problems });
    const counts = await mergeBundle(work, options);
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
  await tx.query({ text: `set local enable_nestloop = off; set local work_mem = '64MB'; set local jit = off` });
}

interface Staging {
  options: ImportOptions;
  bundle: OpenBundle;
  manifest: Manifest;
  problems: ProblemList;
}

async function stageBundle(tx: BulkTx, { options, bundle, manifest, problems }: Staging): Promise<Import> {
  const staged = new Map<LoadedFile, Staged & { mode: LoadMode }>();
  for (const file of loadOrder) {
    const mode = manifest.modes.get(file);
    if (!mode) continue;
    const result = await stageFile(tx, {
      file,
      open: () => bundle.read(file.toLowerCase()),
      hashIdentifier: options.hashIdentifier,
      problems,
      progress: (rows) => options.progress?.({ file, phase: 'reading', rows }),
    });
    if (result) staged.set(file, { ...result, mode });
  }
  return { tx, municipality: options.municipality, today: options.clock.today(), problems, staged };
}

async function mergeBundle(work: Import, { confirm, progress }: ImportOptions): Promise<ImportCounts> {
  const counts: ImportCounts = {};
  const access = { confirmed: confirm?.access === true };
  for (const [file, { rows }] of work.staged) {
    progress?.({ file, phase: 'merging', rows });
    Object.assign(counts, await mergeFile(work, file, access));
  }
  return Object.assign(counts, await mergeLinks(work, access));
}
