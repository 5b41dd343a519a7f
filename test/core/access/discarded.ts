import type { Database, Query, Tx } from '../../../core/db/index.ts';
import { municipality } from './plant-world.ts';

class Discarded extends Error {}

/** The work's answer; nothing it wrote stays. */
export async function inDiscarded<T>(database: Database, work: (tx: Tx) => Promise<T>): Promise<T> {
  let answer: T | undefined;
  const run = database.inTenant(municipality, async (tx) => {
    answer = await work(tx);
    throw new Discarded();
  });
  await run.catch((error: unknown) => {
    if (!(error instanceof Discarded)) throw error;
  });
  return answer!;
}

/** A database whose every transaction is the given open one. */
export function within(tx: Tx): Database {
  return {
    inTenant: (_: string, work: (tx: Tx) => Promise<unknown>) => work(tx),
    askTenant: (_: string, query: Query) => tx.query(query),
  } as unknown as Database;
}
