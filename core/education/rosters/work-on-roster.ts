import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { newId, Refusal, type Id } from '../../kernel/index.ts';
import { importBundle, type ImportReport } from '../import/import-bundle.ts';
import type { ImportProgress } from '../import/import-progress.ts';
import { recordImport } from '../import/import-runs-store.ts';
import { beat, settleRoster, type ReportNumbers } from './roster-loads-store.ts';
import type { RosterPieces } from './roster-pieces-store.ts';
import type { RosterDeps, RosterOrder } from './roster-order.ts';

export interface RosterWork extends RosterDeps {
  pieces: RosterPieces;
  /** Aborted when this server ends. */
  ending: AbortSignal;
}

/** Thrown into an import from outside: its transaction rolls back. */
class GivenUp extends Error {}

const beatMilliseconds = 2_000;

/** Checks or loads a received file and settles what came of it. */
export async function workOnRoster(work: RosterWork, order: RosterOrder): Promise<void> {
  const { database, clock } = work;
  const { municipality, id, by } = order;
  const startedAt = clock.now();
  const heart = startHeart(work, order);
  const path = join(work.folder, `${id}.${newId()}.zip`);
  try {
    await mkdir(work.folder, { recursive: true, mode: 0o700 });
    await work.pieces.toFile(order, path);
    const report = await importBundle({
      database,
      clock,
      municipality,
      path,
      hashIdentifier: work.hashIdentifier,
      dryRun: order.work === 'check',
      confirm: { removals: order.confirmRemovals === true },
      progress: heart.progress,
    });
    const run = await recordImport(database, {
      municipality,
      report,
      startedAt,
      endedAt: clock.now(),
      ...(by && { by }),
    });
    await settleRoster(database, municipality, { id, state: stateOf(report), report: numbersOf(report), run });
  } catch (error) {
    await settleFailure(work, { municipality, id, error });
  } finally {
    heart.stop();
    await rm(path, { force: true });
  }
}

function stateOf({ outcome }: ImportReport): 'checked' | 'loaded' | 'stopped' {
  return outcome === 'dry-run' ? 'checked' : outcome;
}

function numbersOf({ outcome, counts, tooMuchRemoved, problemCount }: ImportReport): ReportNumbers {
  return { outcome, counts, tooMuchRemoved, problemCount };
}

/** What somebody gave up is discarded already; a server that ends leaves its work to be shown as interrupted. */
async function settleFailure(
  { database, log }: RosterWork,
  { municipality, id, error }: { municipality: Id; id: Id; error: unknown },
): Promise<void> {
  if (error instanceof GivenUp) return;
  const isOurs = error instanceof Refusal;
  if (!isOurs)
    log.error({ error: error instanceof Error ? error.stack : String(error), roster: id }, 'an import broke');
  const refusal = isOurs ? error.message : 'The file could not be read to its end. Nothing has been changed.';
  await settleRoster(database, municipality, { id, state: 'failed', refusal });
}

/** Tells the progress now and then, and notices when the work has been given up. */
function startHeart({ database, ending, log }: RosterWork, { municipality, id }: RosterOrder) {
  let latest: ImportProgress | undefined;
  let givenUp = false;
  const timer = setInterval(() => {
    beat(database, municipality, { id, progress: latest }).then(
      (goesOn) => {
        givenUp ||= !goesOn;
      },
      (error: unknown) => log.warn({ error: String(error), roster: id }, 'a beat was missed'),
    );
  }, beatMilliseconds);
  return {
    progress(step: ImportProgress): void {
      if (givenUp || ending.aborted) throw new GivenUp('the import was given up');
      latest = step;
    },
    stop: () => clearInterval(timer),
  };
}
