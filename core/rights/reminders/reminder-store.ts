import type { Day } from '../../consent/index.ts';
import type { Tx } from '../../db/index.ts';
import type { Id } from '../../kernel/index.ts';

export interface Reminder {
  id: Id;
  kind: 'request-due' | 'request-late' | 'incident-due' | 'incident-late';
  about: Id;
  dueAt: Date;
}

/** A week before a request is due, a day before an incident is, and once more when the time is over. */
const newReminders = `insert into officer_reminder (municipality_id, id, kind, about_id, due_at, at)
  select $1, gen_random_uuid(), m.kind, m.id, m.due_at, $3 from (
    select case when r.due_on < $2::date then 'request-late' else 'request-due' end as kind, r.id, r.due_on::timestamp at time zone 'Europe/Helsinki' as due_at
    from rights_request r where r.municipality_id = $1 and r.state = 'open' and r.due_on <= $2::date + 7
    union all
    select case when i.due_at < $3 then 'incident-late' else 'incident-due' end, i.id, i.due_at
    from incident i where i.municipality_id = $1 and i.state in ('open', 'assessed') and coalesce(i.risk, 'risk') <> 'none'
      and i.due_at <= $3::timestamptz + interval '1 day') m
  on conflict do nothing returning 1`;

export async function remind(tx: Tx, municipality: Id, { today, now }: { today: Day; now: Date }): Promise<number> {
  return (await tx.query({ name: 'reminders-new', text: newReminders, values: [municipality, today, now] })).length;
}

/** Not yet seen, about what is still open. */
export function openReminders(tx: Tx, municipality: Id): Promise<Reminder[]> {
  return tx.query({
    name: 'reminders-open',
    text: `select m.id, m.kind, m.about_id as about, m.due_at as "dueAt" from officer_reminder m
      where m.municipality_id = $1 and m.seen_at is null and (
        exists (select from rights_request r where r.municipality_id = $1 and r.id = m.about_id and r.state = 'open')
        or exists (select from incident i where i.municipality_id = $1 and i.id = m.about_id and i.state in ('open', 'assessed')))
      order by m.due_at, m.id limit 200`,
    values: [municipality],
  });
}

export async function markSeen(tx: Tx, municipality: Id, { id, now }: { id: Id; now: Date }): Promise<boolean> {
  const rows = await tx.query({
    name: 'reminders-seen',
    text: 'update officer_reminder set seen_at = $3 where municipality_id = $1 and id = $2 and seen_at is null returning 1',
    values: [municipality, id, now],
  });
  return rows.length > 0;
}
