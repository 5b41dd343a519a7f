import type { Database, Tx } from '../../db/index.ts';
import type { Id } from '../../kernel/index.ts';

export type FetchOutcome = 'loaded' | 'stopped' | 'failed' | 'unchanged' | 'unreachable' | 'refused' | 'busy';

/** A text that opens only with a key outside of the database. */
export interface SealedText {
  keyId: string;
  sealed: Buffer;
}

export interface RosterSchedule {
  url: string;
  hour: number;
  header: { name: string; value: SealedText } | null;
  etag: string | null;
  nextAt: Date;
  lastAt: Date | null;
  lastOutcome: FetchOutcome | null;
}

export interface ScheduleChange {
  url: string;
  hour: number;
  /** Undefined keeps the header that is there. */
  header: RosterSchedule['header'] | undefined;
  by: Id;
}

const columns = `url, hour, etag, next_at as "nextAt", last_at as "lastAt", last_outcome as "lastOutcome",
  header_name, header_key, header_sealed`;

interface Row extends Omit<RosterSchedule, 'header'> {
  header_name: string | null;
  header_key: string;
  header_sealed: Buffer;
}

/** The next time that this hour strikes in Finland after $now. */
const nextStrike = (hour: string, now: string): string =>
  `((${now}::timestamptz at time zone 'Europe/Helsinki')::date
     + (case when extract(hour from ${now}::timestamptz at time zone 'Europe/Helsinki') >= ${hour} then 1 else 0 end)
     + make_interval(hours => (${hour})::int)) at time zone 'Europe/Helsinki'`;

export async function findSchedule(tx: Tx, municipality: Id): Promise<RosterSchedule | undefined> {
  const text = `select ${columns} from roster_schedule where municipality_id = $1`;
  const [row] = await tx.query<Row>({ name: 'roster-schedule', text, values: [municipality] });
  return row && scheduleOf(row);
}

export async function saveSchedule(tx: Tx, municipality: Id, change: ScheduleChange & { now: Date }): Promise<void> {
  const { url, hour, header, by, now } = change;
  await tx.query({
    text: `insert into roster_schedule as s (municipality_id, url, hour, next_at, changed_by, header_name, header_key, header_sealed)
      values ($1, $2, $3::smallint, ${nextStrike('$3::smallint', '$4')}, $5, $6, $7, $8)
      on conflict (municipality_id) do update set url = excluded.url, hour = excluded.hour, next_at = excluded.next_at,
        changed_by = excluded.changed_by, etag = case when s.url = excluded.url then s.etag end,
        header_name = case when $9::boolean then s.header_name else excluded.header_name end,
        header_key = case when $9::boolean then s.header_key else excluded.header_key end,
        header_sealed = case when $9::boolean then s.header_sealed else excluded.header_sealed end`,
    values: [
      ...[municipality, url, hour, now, by],
      ...[header?.name ?? null, header?.value.keyId ?? null, header?.value.sealed ?? null, header === undefined],
    ],
  });
}

export async function removeSchedule(tx: Tx, municipality: Id): Promise<void> {
  await tx.query({ text: 'delete from roster_schedule where municipality_id = $1', values: [municipality] });
}

/** Municipalities whose time has come. */
export async function dueMunicipalities(database: Database, now: Date): Promise<Id[]> {
  const rows = await database.global((tx) =>
    tx.query<{ id: Id }>({ text: 'select due_rosters as id from due_rosters($1)', values: [now] }),
  );
  return rows.map(({ id }) => id);
}

/** Takes the fetch for a while; nothing when another server was faster. */
export async function takeDue(
  database: Database,
  municipality: Id,
  { now, lease }: { now: Date; lease: Date },
): Promise<RosterSchedule | undefined> {
  const [row] = await database.inTenant(municipality, (tx) =>
    tx.query<Row>({
      text: `update roster_schedule set next_at = $3 where municipality_id = $1 and next_at <= $2 returning ${columns}`,
      values: [municipality, now, lease],
    }),
  );
  return row && scheduleOf(row);
}

export async function settleFetch(
  database: Database,
  municipality: Id,
  { outcome, etag, now }: { outcome: FetchOutcome; etag: string | null; now: Date },
): Promise<void> {
  await database.inTenant(municipality, (tx) =>
    tx.query({
      text: `update roster_schedule set last_at = $2::timestamptz, last_outcome = $3, etag = $4, next_at = ${nextStrike('hour', '$2')}
        where municipality_id = $1`,
      values: [municipality, now, outcome, etag],
    }),
  );
}

function scheduleOf({ header_name, header_key, header_sealed, ...row }: Row): RosterSchedule {
  const value = { keyId: header_key, sealed: header_sealed };
  return { ...row, header: header_name === null ? null : { name: header_name, value } };
}
