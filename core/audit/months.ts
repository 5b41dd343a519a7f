import type { Database } from '../db/index.ts';
import type { Clock, Log } from '../kernel/index.ts';

const monthsAhead = 2;

/**
 * Makes the parts of the log for this month and the next ones, and drops those that have been kept long enough, each in a
 * transaction of its own. Any node may do it at any time; a month that is not there yet only means that its events wait in
 * the part for the rest.
 */
export async function keepMonths(database: Database, clock: Clock, log: Log): Promise<void> {
  const now = clock.now();
  for (let ahead = 0; ahead <= monthsAhead; ahead += 1) {
    const month = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + ahead, 1));
    await inOwnTransaction(database, 'select audit_add_month($1)', month.toISOString().slice(0, 10));
  }
  const due = await database.global((tx) => tx.query<{ month: string }>({ text: monthsToRetire }));
  for (const { month } of due) {
    await inOwnTransaction(database, 'select audit_retire_month($1)', month);
    log.info({ month }, 'a month of the log was kept long enough and has left; its hashes stay');
  }
}

const monthsToRetire = 'select audit_months_to_retire() as month';

/** Waits for nobody: a long transaction in the way means that it is tried again later. */
async function inOwnTransaction(database: Database, text: string, month: string): Promise<void> {
  await database.global(async (tx) => {
    await tx.query({ text: `set local lock_timeout = '2s'` });
    await tx.query({ text, values: [month] });
  });
}
