import type { Tx } from '../../db/index.ts';
import type { Id } from '../../kernel/index.ts';

export interface ScheduleRun {
  municipality: Id;
  plugin: string;
  school: Id;
  schedule: string;
  cron: string;
}

const wanted = `select e.plugin, e.school_id, s ->> 'id' as schedule, s ->> 'cron' as cron
  from enablement e join bundle b on b.digest = e.digest
  cross join lateral jsonb_array_elements(coalesce(b.manifest -> 'schedules', '[]')) s
  where e.municipality_id = $1 and e.status = 'enabled' and b.manifest -> 'scopes' @> '[{"capability": "schedule"}]'`;

/** The rows are what the enabled versions declare now, no more; a changed time is worked out anew. */
export async function followSchedules(tx: Tx, municipality: Id): Promise<void> {
  await tx.query({
    text: `delete from schedule_run r where r.municipality_id = $1
      and (r.plugin, r.school_id, r.schedule) not in (select plugin, school_id, schedule from (${wanted}) w)`,
    values: [municipality],
  });
  await tx.query({
    text: `insert into schedule_run as r (municipality_id, plugin, school_id, schedule, cron)
      select $1, plugin, school_id, schedule, cron from (${wanted}) w
      on conflict (municipality_id, plugin, school_id, schedule) do update set cron = excluded.cron, due_at = null
      where r.cron <> excluded.cron`,
    values: [municipality],
  });
}

const columns = 'municipality_id as municipality, plugin, school_id as school, schedule, cron';

export function unplanned(tx: Tx, municipality: Id): Promise<ScheduleRun[]> {
  const text = `select ${columns} from schedule_run where municipality_id = $1 and due_at is null for update skip locked`;
  return tx.query({ text, values: [municipality] });
}

const key = 'municipality_id = $1 and plugin = $2 and school_id = $3 and schedule = $4';

/** Null: the time never comes (31 February), so it is far away. */
export async function planRun(tx: Tx, run: ScheduleRun, due: Date | null): Promise<void> {
  const { municipality, plugin, school, schedule } = run;
  const text = `update schedule_run set due_at = coalesce($5::timestamptz, 'infinity') where ${key}`;
  await tx.query({ text, values: [municipality, plugin, school, schedule, due] });
}

/** Takes what is due and what nobody is at; the lease keeps every other node, and the next time, away. */
export function claimRuns(
  tx: Tx,
  municipality: Id,
  { now, leaseEnds, most }: { now: Date; leaseEnds: Date; most: number },
): Promise<ScheduleRun[]> {
  const text = `update schedule_run set lease_until = $3
    where (municipality_id, plugin, school_id, schedule) in (
      select municipality_id, plugin, school_id, schedule from schedule_run
      where municipality_id = $1 and due_at <= $2 and (lease_until is null or lease_until <= $2)
      order by due_at limit $4 for update skip locked)
    returning ${columns}`;
  return tx.query({ text, values: [municipality, now, leaseEnds, most] });
}

/** However many times were missed meanwhile, the next one is in the future. */
export async function settleRun(
  tx: Tx,
  run: ScheduleRun,
  { at, code, due }: { at: Date; code: string | null; due: Date | null },
): Promise<void> {
  const { municipality, plugin, school, schedule } = run;
  const text = `update schedule_run set lease_until = null, last_at = $5, last_code = $6, due_at = coalesce($7::timestamptz, 'infinity')
    where ${key}`;
  await tx.query({ text, values: [municipality, plugin, school, schedule, at, code, due] });
}
