// A process of import-city.bench.ts: loads one bundle, says how long it took and how much memory, and ends.
import { connectDatabase } from '../../core/db/index.ts';
import { load } from '../core/education/bundle-fixture.ts';
import { quietLog } from '../support/database.ts';
import { timed } from './harness.ts';

export interface CityLoad {
  url: string;
  municipality: string;
  bundle: string;
}

export interface LoadedCity {
  rows: number;
  seconds: number;
  /** Most resident memory of the process, its start included. */
  megabytes: number;
}

process.once('message', async ({ url, municipality, bundle }: CityLoad) => {
  let rows = 0;
  const milliseconds = await timed(async () => {
    await using database = await connectDatabase({ url, schema: 'core', poolSize: 2, log: quietLog });
    const { counts } = await load(database, municipality, bundle, { confirm: { access: true } });
    for (const count of Object.values(counts)) if (typeof count === 'object') rows += count.added;
  });
  const loaded = { rows, seconds: milliseconds / 1_000, megabytes: process.resourceUsage().maxRSS / 1_024 };
  process.send!(loaded, () => process.exit(0));
});
