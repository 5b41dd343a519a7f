import type { Database, Tx } from '../db/index.ts';
import type { Clock, Log } from '../kernel/index.ts';
import { refreshStatistics } from '../education/index.ts';
import { loadRows } from './load-rows.ts';
import { coordinator, municipalities, type DemoMunicipality } from './municipalities.ts';
import { buildTown } from './town.ts';
import type { HashIdentifier } from './town-frame.ts';

const seedVersion = '1';

export interface SeedOptions {
  database: Database;
  clock: Clock;
  log: Log;
  /** Makes the stored form of a national identity code; sign-in must use the same function. */
  hashIdentifier: HashIdentifier;
  progress?: (step: SeedProgress) => void;
}

export interface SeedProgress {
  municipality: string;
  done: number;
  total: number;
}

/**
 * Fills an empty database with the demonstration's municipalities. Each is one transaction that ends with its marker row,
 * so a start that was killed leaves whole municipalities or none, and the next start goes on from there.
 */
export async function seedDemonstration(options: SeedOptions): Promise<void> {
  const places = [coordinator, ...municipalities];
  const started = options.clock.now().getTime();
  await addMunicipalities(options.database, places);
  let seeded = 0;
  for (const [index, place] of places.entries()) {
    if (await seedMunicipality(options, place)) seeded += 1;
    options.progress?.({ municipality: place.name.fi, done: index + 1, total: places.length });
  }
  if (seeded > 0) await refreshStatistics(options.database);
  const milliseconds = options.clock.now().getTime() - started;
  if (seeded > 0) options.log.info({ municipalities: seeded, milliseconds }, 'demonstration data loaded');
}

async function addMunicipalities(database: Database, places: readonly DemoMunicipality[]): Promise<void> {
  await database.global(async (tx) => {
    for (const { id, code, kind, oid, name } of places) {
      await tx.query({
        text: `insert into municipality (id, code, kind, oid, name_fi, name_sv, name_en)
               values ($1, $2, $3, $4, $5, $6, $7) on conflict do nothing`,
        values: [id, code, kind, oid, name.fi, name.sv, name.en],
      });
    }
  });
}

async function seedMunicipality({ database, hashIdentifier }: SeedOptions, place: DemoMunicipality): Promise<boolean> {
  return database.inTenant(place.id, async (tx) => {
    if (!(await claim(tx, place))) return false;
    await loadRows(tx, place.id, buildTown(place, hashIdentifier));
    return true;
  });
}

/** A second node that starts at the same moment waits here until the first has committed. */
async function claim(tx: Tx, place: DemoMunicipality): Promise<boolean> {
  const marker = await tx.query({
    text: `insert into demonstration_seed (municipality_id, version) values ($1, $2)
           on conflict (municipality_id) do nothing returning version`,
    values: [place.id, seedVersion],
  });
  return marker.length > 0;
}
