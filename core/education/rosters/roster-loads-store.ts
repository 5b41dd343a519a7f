import type { Database, Tx } from '../../db/index.ts';
import type { Id } from '../../kernel/index.ts';
import type { ImportReport } from '../import/import-bundle.ts';
import type { ImportProgress } from '../import/import-progress.ts';
import type { RosterOrder } from './roster-order.ts';
import { removePieces } from './roster-pieces-store.ts';

export type RosterState =
  | 'received'
  | 'checking'
  | 'checked'
  | 'loading'
  | 'loaded'
  | 'stopped'
  | 'failed'
  | 'discarded';

/** What is kept of a report; its problems are kept with the import's run. */
export type ReportNumbers = Pick<ImportReport, 'outcome' | 'counts' | 'tooMuchRemoved' | 'problemCount'>;

export interface RosterLoad {
  id: Id;
  source: 'upload' | 'fetch';
  bytes: number;
  receivedAt: Date;
  /** `interrupted`: a server was working on it and is no more; nothing of that work was kept. */
  state: RosterState | 'interrupted';
  progress: ImportProgress | null;
  report: ReportNumbers | null;
  run: Id | null;
  /** Why it could not be read, in the words of the refusal. */
  refusal: string | null;
}

export interface ReceivedRoster {
  id: Id;
  source: RosterLoad['source'];
  bytes: number;
  sha256: string;
  receivedAt: Date;
  receivedBy: Id | null;
}

export interface RosterOutcome {
  state: 'checked' | 'loaded' | 'stopped' | 'failed';
  report?: ReportNumbers;
  run?: Id;
  refusal?: string;
}

/** A server that has not beaten for so long is taken for dead. */
const patience = `interval '30 seconds'`;
const isStale = `state in ('checking', 'loading') and beat_at < now() - ${patience}`;
const columns = `id, source, bytes, received_at as "receivedAt", progress, report, run_id as run, refusal,
  case when ${isStale} then 'interrupted' else state end as state`;

export function listRosterLoads(tx: Tx, municipality: Id, limit = 20): Promise<RosterLoad[]> {
  return tx.query({
    name: 'roster-loads',
    text: `select ${columns} from roster_load where municipality_id = $1 order by received_at desc, id desc limit $2`,
    values: [municipality, Math.min(limit, 100)],
  });
}

export async function findRosterLoad(tx: Tx, municipality: Id, id: Id): Promise<RosterLoad | undefined> {
  const text = `select ${columns} from roster_load where municipality_id = $1 and id = $2`;
  const [found] = await tx.query<RosterLoad>({ name: 'roster-load', text, values: [municipality, id] });
  return found;
}

/** Takes the place of a file that waits; false when one is being worked on. */
export async function keepReceived(
  tx: Tx,
  municipality: Id,
  { id, source, bytes, sha256, receivedAt, receivedBy }: ReceivedRoster,
): Promise<boolean> {
  const replaced = await tx.query<{ id: Id }>({
    text: `update roster_load set state = 'discarded' where municipality_id = $1 and state not in ('loaded', 'discarded')
      and (state not in ('checking', 'loading') or ${isStale}) returning id`,
    values: [municipality],
  });
  for (const gone of replaced) await removePieces(tx, { municipality, id: gone.id });
  const kept = await tx.query({
    text: `insert into roster_load (municipality_id, id, source, bytes, sha256, received_at, received_by)
      values ($1, $2, $3, $4, $5, $6, $7) on conflict do nothing returning id`,
    values: [municipality, id, source, bytes, sha256, receivedAt, receivedBy],
  });
  return kept.length > 0;
}

/** Begins the work unless somebody else has begun it; only one of several takers gets it. `again`: what a dead server had begun. */
export async function takeRoster(database: Database, order: RosterOrder, again: boolean): Promise<boolean> {
  const { municipality, id, work, confirmRemovals = false, by, role } = order;
  const state = work === 'check' ? 'checking' : 'loading';
  const taken = await database.inTenant(municipality, (tx) =>
    tx.query({
      text: `update roster_load set state = $3, beat_at = now(), progress = null, refusal = null, ordered = $4,
          attempts = case when $5::boolean then attempts + 1 else 1 end
        where municipality_id = $1 and id = $2 and (${isStale} or (not $5::boolean and state in ('received', 'checked', 'stopped', 'failed')))
          and ($3 = 'checking' or source = 'fetch' or report is not null) returning id`,
      values: [municipality, id, state, JSON.stringify({ work, confirmRemovals, by, role }), again],
    }),
  );
  return taken.length > 0;
}

/** What servers were working on that have not beaten for too long, of all municipalities. */
export async function abandonedRosters(database: Database): Promise<RosterOrder[]> {
  const found = await database.global((tx) =>
    tx.query<{ municipality: Id; roster: Id }>({ text: 'select municipality, roster from abandoned_rosters()' }),
  );
  const orders: RosterOrder[] = [];
  for (const { municipality, roster: id } of found) {
    const [row] = await database.inTenant(municipality, (tx) =>
      tx.query<{ ordered: Omit<RosterOrder, 'municipality' | 'id'> }>({
        text: 'select ordered from roster_load where municipality_id = $1 and id = $2',
        values: [municipality, id],
      }),
    );
    if (row) orders.push({ ...row.ordered, municipality, id });
  }
  return orders;
}

/** Tells that the work goes on; false when the file has been discarded meanwhile. */
export async function beat(
  database: Database,
  municipality: Id,
  { id, progress }: { id: Id; progress: ImportProgress | undefined },
): Promise<boolean> {
  const still = await database.inTenant(municipality, (tx) =>
    tx.query({
      text: `update roster_load set beat_at = now(), progress = coalesce($3::jsonb, progress)
        where municipality_id = $1 and id = $2 and state in ('checking', 'loading') returning id`,
      values: [municipality, id, progress ? JSON.stringify(progress) : null],
    }),
  );
  return still.length > 0;
}

export async function settleRoster(
  database: Database,
  municipality: Id,
  { id, state, report, run, refusal }: RosterOutcome & { id: Id },
): Promise<void> {
  await database.inTenant(municipality, async (tx) => {
    await tx.query({
      text: `update roster_load set state = $3, report = coalesce($4::jsonb, report), run_id = coalesce($5, run_id), refusal = $6,
          progress = null, beat_at = null
        where municipality_id = $1 and id = $2 and state in ('checking', 'loading')`,
      values: [
        municipality,
        id,
        state,
        report ? JSON.stringify(report) : null,
        run ?? null,
        refusal?.slice(0, 1_000) ?? null,
      ],
    });
    // What has been loaded is not kept a second time.
    if (state === 'loaded') await removePieces(tx, { municipality, id });
  });
}

/** Gives up a file; false when there is none, or it has been loaded. A work under way ends at its next beat. */
export async function discardRoster(database: Database, municipality: Id, id: Id): Promise<boolean> {
  return database.inTenant(municipality, async (tx) => {
    const gone = await tx.query({
      text: `update roster_load set state = 'discarded', progress = null
        where municipality_id = $1 and id = $2 and state not in ('loaded', 'discarded') returning id`,
      values: [municipality, id],
    });
    await removePieces(tx, { municipality, id });
    return gone.length > 0;
  });
}
