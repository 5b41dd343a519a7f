import { jobsChannel } from '../../capabilities/index.ts';
import { type Id, type Log, Refusal } from '../../kernel/index.ts';
import { collectPage, type CollectDeps, leaseMs } from './collect-page.ts';
import { claimExport, endExport, expired, noteFailure } from './export-store.ts';
import { finish } from './finish-export.ts';

export interface ExportRoundDeps extends CollectDeps {
  log: Log;
}

const mostFailures = 5;
const retryMs = 2_000;

/** Collects one export of the municipality to its end, or to where this node is told to stop; another node goes on there. */
export async function exportRound(deps: ExportRoundDeps, municipality: Id, isEnding: () => boolean): Promise<number> {
  const id = await deps.database.inTenant(municipality, (tx) => {
    const now = deps.clock.now();
    return claimExport(tx, municipality, { now, leaseEnds: new Date(now.getTime() + leaseMs) });
  });
  if (!id) return 0;
  try {
    while (!isEnding()) {
      const collected = await collectPage(deps, municipality, id);
      if (collected === 'more') continue;
      if (collected === 'all') await finish(deps, municipality, id);
      return 1;
    }
  } catch (error) {
    await brokeOff(deps, { municipality, id }, error);
  }
  return 1;
}

/** A refusal is an answer: the right is gone, and so is what was collected. Anything else is tried again from the last page. */
async function brokeOff(
  { database, clock, log }: ExportRoundDeps,
  at: { municipality: Id; id: Id },
  error: unknown,
): Promise<void> {
  const code = error instanceof Refusal ? error.code : undefined;
  if (code === undefined) log.error({ error: String(error), export: at.id }, 'an export broke off');
  await database.inTenant(at.municipality, async (tx) => {
    if (code !== undefined) return endExport(tx, at, { state: 'stopped', code });
    // Nobody else would look for it before the next sweep.
    setTimeout(
      () => void database.notify(jobsChannel, { municipality: at.municipality }).catch(() => undefined),
      retryMs,
    ).unref();
    const failures = await noteFailure(tx, at, new Date(clock.now().getTime() + retryMs));
    if (failures >= mostFailures) await endExport(tx, at, { state: 'stopped', code: 'internal' });
  });
}

/** What has had its days is deleted. */
export async function expiryRound(
  { database, clock }: Pick<ExportRoundDeps, 'database' | 'clock'>,
  municipality: Id,
): Promise<number> {
  return database.inTenant(municipality, async (tx) => {
    const gone = await expired(tx, municipality, clock.now());
    for (const id of gone) await endExport(tx, { municipality, id }, { state: 'expired' });
    return gone.length;
  });
}
