import type { Database } from '../db/index.ts';

/** After a large load: without it the planner goes by statistics that don't know the new rows. */
export async function refreshStatistics(database: Database): Promise<void> {
  await database.global((tx) => tx.query({ text: 'call refresh_education_statistics()' }));
}
