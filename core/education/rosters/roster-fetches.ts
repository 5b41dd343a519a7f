import { Refusal, type Id } from '../../kernel/index.ts';
import { fetchBundle, type FetchPlaces } from './fetch-bundle.ts';
import { findRosterLoad } from './roster-loads-store.ts';
import {
  dueMunicipalities,
  settleFetch,
  takeDue,
  type FetchOutcome,
  type RosterSchedule,
  type SealedText,
} from './roster-schedule-store.ts';
import type { RosterDeps } from './roster-order.ts';
import type { Rosters } from './rosters.ts';

/** Seals header values; capabilities' vault does it. */
export interface HeaderVault {
  seal(place: string, text: string): SealedText;
  open(place: string, value: SealedText): string;
}

export interface FetchDeps extends RosterDeps {
  rosters: Rosters;
  places: FetchPlaces;
  vault: HeaderVault;
}

/** For which municipality a value was sealed: it opens for no other. */
export const headerPlace = (municipality: Id): string => `roster ${municipality}`;

const leaseMilliseconds = 30 * 60_000;
const fetchMilliseconds = 10 * 60_000;

/** Fetches and loads what is due, one municipality after another; what went wrong with one does not stop the next. */
export async function fetchDueRosters(deps: FetchDeps): Promise<void> {
  const { database, clock, log } = deps;
  for (const municipality of await dueMunicipalities(database, clock.now())) {
    const now = clock.now();
    const schedule = await takeDue(database, municipality, { now, lease: new Date(now.getTime() + leaseMilliseconds) });
    if (!schedule) continue;
    const settled = await fetchOne(deps, municipality, schedule).catch((error: unknown) => {
      log.error({ error: error instanceof Error ? error.stack : String(error) }, 'a roster could not be fetched');
      return { outcome: 'failed' as const, etag: schedule.etag };
    });
    await settleFetch(database, municipality, { ...settled, now: clock.now() });
  }
}

interface Settled {
  outcome: FetchOutcome;
  etag: string | null;
}

async function fetchOne(deps: FetchDeps, municipality: Id, schedule: RosterSchedule): Promise<Settled> {
  const { rosters, places, vault, log } = deps;
  const { url, etag } = schedule;
  const header = schedule.header && {
    name: schedule.header.name,
    value: vault.open(headerPlace(municipality), schedule.header.value),
  };
  const sender = { municipality, role: 'schedule' };
  try {
    const found = await fetchBundle(places, { url, etag, header: header ?? undefined, timeoutMs: fetchMilliseconds });
    if (found.state === 'unchanged') return { outcome: 'unchanged', etag };
    const id = await rosters.receive(sender, 'fetch', found.body);
    await (await rosters.begin({ ...sender, id, work: 'load' })).done;
    const outcome = await outcomeOf(deps, municipality, id);
    // What was not loaded is fetched again tomorrow.
    return { outcome, etag: outcome === 'loaded' ? found.etag : etag };
  } catch (error) {
    log.warn({ error: error instanceof Error ? error.message : String(error) }, 'a roster was not fetched');
    return { outcome: refusedAs(error), etag };
  }
}

async function outcomeOf({ database }: FetchDeps, municipality: Id, id: Id): Promise<FetchOutcome> {
  const load = await database.inTenant(municipality, (tx) => findRosterLoad(tx, municipality, id));
  return load?.state === 'loaded' || load?.state === 'stopped' ? load.state : 'failed';
}

function refusedAs(error: unknown): FetchOutcome {
  if (!(error instanceof Refusal)) return 'unreachable';
  if (error.code === 'conflict') return 'busy';
  return error.code === 'unavailable' ? 'unreachable' : 'refused';
}

/** Looks every so often whether something is due, or was left by a server that died, until disposed. */
export function startRosterFetches(deps: FetchDeps, { everyMs }: { everyMs: number }): AsyncDisposable {
  let turn: Promise<void> = Promise.resolve();
  let busy = false;
  const timer = setInterval(() => {
    if (busy) return;
    busy = true;
    turn = deps.rosters
      .resume()
      .then(() => fetchDueRosters(deps))
      .catch((error: unknown) => deps.log.error({ error: String(error) }, 'due rosters could not be looked up'))
      .finally(() => {
        busy = false;
      });
  }, everyMs);
  return {
    async [Symbol.asyncDispose]() {
      clearInterval(timer);
      await turn;
    },
  };
}
