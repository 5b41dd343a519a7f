import type { Day } from '../../consent/index.ts';
import type { Tx } from '../../db/index.ts';
import type { Id } from '../../kernel/index.ts';

/** What is kept about a person in one place, and on what it rests. */
export interface Holding {
  source: string;
  plugin: string;
  purpose: string;
  rows: number;
  newest: Day | null;
  basis: 'statutory' | 'public-task' | 'consent' | null;
  retentionDays: number | null;
}

const holdings = `with newest as (
    select distinct on (a.plugin) a.plugin, a.id from agreement a
    where a.municipality_id = $1 and a.status <> 'terminated' order by a.plugin, a.consent_major desc, a.accepted_at desc),
  kept as (
    select 'documents' as source, d.plugin, coalesce(d.purpose, '') as purpose, d.updated_at as at, 'storage.' || d.collection as element
      from document d where d.municipality_id = $1 and d.subject_id = $2
    union all
    select 'files', f.plugin, coalesce(f.purpose, ''), f.created_at, null from plugin_file f where f.municipality_id = $1 and f.subject_id = $2
    union all
    select 'events', '', '', e.published_at, null from plugin_event e where e.municipality_id = $1 and e.subject_id = $2
    union all
    select 'messages', '', '', m.sent_at, null from inbox_message m where m.municipality_id = $1 and (m.subject_id = $2 or m.recipient_id = $2)
    union all
    select 'mails', '', '', m.queued_at, null from mail_outbox m where m.municipality_id = $1 and (m.subject_id = $2 or m.recipient_id = $2)
    union all
    select 'notifications', '', '', n.changed_at, null from notification_setting n where n.municipality_id = $1 and n.person_id = $2
    union all
    select 'person', '', '', null, null from person p where p.municipality_id = $1 and p.id = $2
    union all
    select 'identifiers', '', '', null, null from person_identifier i where i.municipality_id = $1 and i.person_id = $2
    union all
    select 'roles', '', '', null, null from role r where r.municipality_id = $1 and r.person_id = $2
    union all
    select 'enrolments', '', '', null, null from enrollment s where s.municipality_id = $1 and s.person_id = $2
    union all
    select 'guardians', '', '', null, null from guardianship g where g.municipality_id = $1 and (g.child_id = $2 or g.guardian_id = $2)
    union all
    select 'attendance', '', '', c.start_at, null from attendance a join calendar_event c on c.municipality_id = $1 and c.id = a.event_id
      where a.municipality_id = $1 and a.student_id = $2
    union all
    select 'absences', '', '', a.end_at, null from absence a where a.municipality_id = $1 and a.student_id = $2
    union all
    select 'results', '', '', null, null from result r where r.municipality_id = $1 and r.person_id = $2
    union all
    select 'consents', '', '', c.changed_at, null from consent_state c where c.municipality_id = $1 and c.person_id = $2
    union all
    select 'protections', '', '', null, null from protection x where x.municipality_id = $1 and x.person_id = $2
      and x.kind not in ('restriction', 'objection')),
  counted as (
    select source, plugin, purpose, array_agg(distinct element) filter (where element is not null) as elements, count(*)::int as rows,
      max(at at time zone 'Europe/Helsinki')::date as newest
    from kept group by source, plugin, purpose)
  select k.source, k.plugin, k.purpose, k.rows, k.newest,
    case when bool_or(n.legal_basis = 'statutory') then 'statutory' when bool_or(n.legal_basis = 'public-task') then 'public-task'
      when bool_or(n.legal_basis = 'consent') then 'consent' end as basis, max(n.retention_days) as "retentionDays"
  from counted k left join newest a on a.plugin = k.plugin
  left join agreement_element n on n.municipality_id = $1 and n.agreement_id = a.id and n.purpose = k.purpose
    and (k.elements is null or n.element = any(k.elements))
  group by k.source, k.plugin, k.purpose, k.rows, k.newest order by k.source, k.plugin, k.purpose`;

export function holdingsOf(tx: Tx, municipality: Id, person: Id): Promise<Holding[]> {
  return tx.query({ name: 'rights-holdings', text: holdings, values: [municipality, person] });
}

/** Whether the person goes to school, works or answers for somebody here today. */
export async function isHere(
  tx: Tx,
  municipality: Id,
  { person, today }: { person: Id; today: Day },
): Promise<boolean> {
  const live = (alias: string) =>
    `${alias}.valid_from <= $3::date and (${alias}.valid_to is null or ${alias}.valid_to > $3::date)`;
  const [row] = await tx.query<{ here: boolean }>({
    name: 'rights-is-here',
    text: `select exists (select from enrollment s where s.municipality_id = $1 and s.person_id = $2 and ${live('s')})
      or exists (select from role r where r.municipality_id = $1 and r.person_id = $2 and ${live('r')})
      or exists (select from guardianship g where g.municipality_id = $1 and g.guardian_id = $2 and ${live('g')}) as here`,
    values: [municipality, person, today],
  });
  return row?.here ?? false;
}
