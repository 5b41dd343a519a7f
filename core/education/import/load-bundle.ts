import type { BulkTx } from '../../db/index.ts';
import type { Clock, Id } from '../../kernel/index.ts';
import type { LoadedFile } from './bundle-files.ts';
import type { HashIdentifier } from './check-value.ts';
import { meterProgress, type ImportProgress, type ProgressMeter } from './import-progress.ts';
import { mergeFile, mergeLinks, type ImportCounts } from './merge-file.ts';
import type { Import } from './merge-plan.ts';
import type { OpenBundle } from './open-bundle.ts';
import type { ProblemList } from './problems.ts';
import { readBundle, type BundleReader, type FileBeingRead } from './read-bundle.ts';
import { reportBroken } from './read-lines.ts';
import type { LoadMode, Manifest } from './read-manifest.ts';
import { BrokenCsv } from './split-records.ts';
import { stageFile, type Staged } from './stage-file.ts';

export interface LoadOptions {
  clock: Clock;
  municipality: Id;
  /** Must be the function that sign-in uses. */
  hashIdentifier: HashIdentifier;
  confirm?: {
    /** Load although more than the limit would be removed. */
    removals?: boolean;
    /** Somebody of the municipality has seen who would gain access, and agrees. */
    access?: boolean;
  };
  progress?: (step: ImportProgress) => void;
}

export interface Source {
  options: LoadOptions;
  bundle: OpenBundle;
  manifest: Manifest;
  problems: ProblemList;
}

/**
 * Dependencies first: what a file refers to has been merged before it. Files of one round are staged together, since a
 * person is written with the birth date.
 */
const rounds: readonly (readonly LoadedFile[])[] = [
  ['orgs'],
  ['academicSessions'],
  ['courses'],
  ['classes'],
  ['users', 'demographics'],
  ['roles'],
  ['enrollments'],
  ['categories'],
  ['lineItems'],
  ['results'],
  ['scoreScales'],
];

/** Reads, stages and merges file after file; while the database merges one, the next is read. */
export async function loadBundle(tx: BulkTx, source: Source): Promise<ImportCounts> {
  const { options, bundle, manifest, problems } = source;
  const { municipality, clock, hashIdentifier } = options;
  const files = rounds.flat().filter((file) => manifest.modes.has(file));
  const sizes = new Map(files.map((file) => [file, bundle.size(file.toLowerCase())]));
  const meter = meterProgress(sizes, options.progress ?? (() => undefined));
  const staged = new Map<LoadedFile, Staged & { mode: LoadMode }>();
  const work: Import = { tx, municipality, clock, today: clock.today(), problems, staged, fresh: new Set() };
  const access = { confirmed: options.confirm?.access === true };
  const counts: ImportCounts = {};
  await using reader = readBundle(bundle, hashIdentifier);
  for (const round of rounds) {
    for (const file of round.filter((one) => manifest.modes.has(one))) {
      const result = await takeFile(tx, { file, reading: reader.read(file), problems, meter });
      if (result) staged.set(file, { ...result, mode: manifest.modes.get(file)! });
      beginNext(reader, files, file);
    }
    for (const file of round.filter((one) => staged.has(one))) {
      meter.merge(file);
      Object.assign(counts, await mergeFile(work, file, access));
    }
  }
  return Object.assign(counts, await mergeLinks(work, access));
}

function beginNext(reader: BundleReader, files: readonly LoadedFile[], file: LoadedFile): void {
  const next = files[files.indexOf(file) + 1];
  if (next) reader.read(next);
}

interface TakenFile {
  file: LoadedFile;
  reading: FileBeingRead;
  problems: ProblemList;
  meter: ProgressMeter;
}

/** Undefined: the file is left out as a whole. */
async function takeFile(tx: BulkTx, { file, reading, problems, meter }: TakenFile): Promise<Staged | undefined> {
  try {
    const checked = await reading.checked;
    if (!checked) return undefined;
    const progress = (at: { rows: number; bytes: number }): void => meter.read(file, at);
    const rows = await stageFile(tx, { file, lines: checked.lines.values(), progress });
    return { rows, columns: checked.columns };
  } catch (error) {
    if (!(error instanceof BrokenCsv)) throw error;
    reportBroken({ file, problems: reading.problems }, error);
    return undefined;
  } finally {
    problems.addAll(reading.problems);
  }
}
