import { elementBits, eventColumns } from '../audit/index.ts';
import { coarseSql } from './obligations.ts';
import { isOpened, isPermitted, live, overlays, withheldBits } from './overlay-sql.ts';
import { actorOfEvent, own, type RelatedRole, relations } from './relation-sql.ts';

/**
 * The decision of RULES-access §1 as one statement: gate, basis, relation, overlays, masks, and the event of the read.
 * One statement is one snapshot, so what is checked is what is read. `decide.ts` says the same without SQL; a property test
 * compares them.
 *
 * Parameters: $1 municipality · $2 school · $3 actor · $4 today · $5 plugin · $6 purpose · $7 elements · $8 their bits ·
 * $9 class or null · $10 now · $11 action · $12 role · $13 version · $14 lease · $15 only these persons, or null ·
 * $16 most rows · $17 person after whom to go on, or null
 */
export type GrantKind = 'plugin' | 'portal';

/** Why nothing may be read at all, or null; and what was agreed. An agreement's end stops new enablement, not what runs. */
export const gates: Record<GrantKind, string> = {
  plugin: `select e.agreement_id, a.consent_major, e.revision, case
      when e.id is null then 'plugin-not-enabled'
      when e.status = 'stopped' then 'plugin-stopped'
      when e.status <> 'enabled' then 'plugin-disabled'
      when a.status is null or a.status = 'terminated' then 'agreement-missing' end as verdict
    from (select) as always
    left join enablement e on e.municipality_id = $1 and e.school_id = $2 and e.plugin = $5
    left join agreement a on a.municipality_id = $1 and a.id = e.agreement_id`,
  portal:
    'select null::uuid as agreement_id, null::int as consent_major, null::bigint as revision, null::text as verdict where $5::text is null',
};

/** A job without a single element for it is refused: an empty list would look like a school without learners. */
export function jobVerdict(role: RelatedRole, gate: string): string {
  if (role !== 'platform') return 'null';
  return `case when not exists (select from agreement_element n where n.municipality_id = $1 and n.agreement_id = ${gate}.agreement_id
      and n.purpose = $6 and n.background and n.element = any($7::text[])) then 'background-not-agreed' end`;
}

/** The asked bits by legal basis. */
export const bases: Record<GrantKind, string> = {
  plugin: `select min(g.consent_major) as consent_major,
      array_agg(n.element) filter (where n.legal_basis = 'consent') as consent_elements,
      coalesce(bit_or(q.bit) filter (where n.legal_basis = 'statutory'), 0) as law,
      coalesce(bit_or(q.bit) filter (where n.legal_basis = 'public-task'), 0) as task,
      coalesce(bit_or(q.bit) filter (where n.legal_basis = 'consent'), 0) as consent,
      coalesce(bit_or(q.bit) filter (where n.coarse), 0) as coarse,
      coalesce(bit_or(q.bit) filter (where n.no_export), 0) as no_export,
      coalesce(bit_or(q.bit) filter (where n.lease = 'during-request'), 0) as during
    from gate g
    join agreement_element n on n.municipality_id = $1 and n.agreement_id = g.agreement_id and n.purpose = $6
      and case $14::text when 'background' then n.background when 'while-user-online' then n.lease <> 'during-request' else true end
    join asked q on q.element = n.element
    where g.verdict is null`,
  portal:
    "select null::int as consent_major, null::text[] as consent_elements, coalesce(bit_or(q.bit), 0) as law, 0 as task, 0 as consent, 0 as coarse, 0 as no_export, 0 as during from asked q, gate g where g.verdict is null and $14::text <> 'background'",
};

const consentInForce = `y.municipality_id = $1 and y.person_id = r.person_id and y.plugin = $5 and y.purpose = $6
      and y.valid and y.consent_major = b.consent_major and (y.expires_on is null or y.expires_on > $4::date)`;

/** Usually a consent covers all that rests on consent; only an older, narrower one is looked at element by element. */
const consented = `case when y.person_id is null then 0 when y.elements @> b.consent_elements then b.consent
      else b.consent & (select coalesce(bit_or(q.bit), 0) from asked q where q.element = any(y.elements)) end`;

/**
 * Persons with a basis for at least one element, and for which. A withheld contact hides the field, never the person.
 * `offset 0` keeps the planner from computing the bits once per mention.
 */
function decided(role: RelatedRole): string {
  return `select r.person_id, r.grade,
      case when w.order_holds and not w.listed then m.bits & ~${withheldBits} else m.bits end as mask,
      b.coarse, b.during, b.no_export | case when w.listed then ${withheldBits} else 0 end as no_export
    from related r
    cross join basis b
    left join consent_state y on b.consent <> 0 and ${consentInForce}
    left join lateral (${overlays(role, 'r.person_id')}) o on true
    cross join lateral (select b.law | (case when o.objected then 0 else b.task end) | ${consented} as bits offset 0) m
    cross join lateral (select coalesce(o.withheld, false) and r.person_id <> $3 as order_holds,
      o.withheld and r.person_id <> $3 and (${isPermitted('r.person_id')} or ${isOpened('r.person_id')}) as listed offset 0) w
    where m.bits <> 0 and o.hidden is not true and ($15::uuid[] is null or r.person_id = any($15::uuid[]))`;
}

function shown(element: keyof typeof elementBits, expression: string): string {
  const bit = elementBits[element];
  return `case when d.mask & ${bit} = 0 then null when d.coarse & ${bit} <> 0 then ${coarseSql(expression)} else ${expression} end`;
}

const grade = `(select c.grade from enrollment h join class c on c.municipality_id = $1 and c.id = h.class_id and c.class_type = 'homeroom'
      where h.municipality_id = $1 and h.person_id = p.id and h.role = 'student' and h.school_id = $2 and ${live('h')}
      order by h."primary" desc, h.id limit 1)`;

const rows = `select d.person_id as id, d.mask, d.mask & d.no_export as no_export, d.mask & d.during as during,
    ${shown('students.givenName', 'p.given_name')} as given_name,
    ${shown('students.familyName', 'p.family_name')} as family_name,
    ${shown('students.preferredName', 'p.preferred_name')} as preferred_name,
    ${shown('students.grade', `coalesce(d.grade, ${grade})`)} as grade,
    ${shown('students.birthDate', 'p.birth_date')} as birth_date,
    ${shown('students.languages', 'p.language')} as language,
    ${shown('students.email', 'p.email')} as email,
    ${shown('students.phone', 'p.phone')} as phone,
    ${shown('students.address', 'p.address')} as address,
    ${shown('students.photo', 'p.photo')} as photo
  from decided d
  join person p on p.municipality_id = $1 and p.id = d.person_id and p.status = 'active'`;

/** Only what is shown decides the order, so that the order tells nothing of what is not. */
const finnish = 'collate "fi-x-icu"';
const orderOf = `coalesce(family_name, '') ${finnish}, coalesce(given_name, '') ${finnish}, id`;

/** The page after person $17; should that one be gone by now, from the start again: twice is better than never. */
const paged = `select *, row_number() over (order by ${orderOf}) as place from shown
  where $17::uuid is null or coalesce((${orderOf}) > (select ${orderOf} from shown where id = $17), true)
  order by ${orderOf} limit $16`;

const personsOnly = `select d.person_id as id, d.mask from decided d
  join person p on p.municipality_id = $1 and p.id = d.person_id and p.status = 'active'
  where $17::uuid is null limit $16`;

const logged = `insert into audit_event (${eventColumns})
  select $1, $10, $11, case when g.verdict is null then 'allow' else 'deny' end, g.verdict, $2, $5, $13, $6, ${actorOfEvent}, $12, $7,
    coalesce(v.persons, '{}'), coalesce(v.masks, '{}'), g.revision
  from gate g, (select array_agg(id order by id) as persons, array_agg(mask order by id) as masks from visible) v`;

/** The whole statement for one role and kind of grant: rows of learners, or (for storage) only who may be touched. */
export function decisionSql(options: { role: RelatedRole; kind: GrantKind; fields: boolean }): string {
  const { role, kind, fields } = options;
  return `with
  asked as materialized (select element, bit from unnest($7::text[], $8::int[]) as q (element, bit)),
  own as materialized (${own[role]}),
  granted as materialized (${gates[kind]}),
  gate as materialized (select g.agreement_id, g.consent_major, g.revision, coalesce(g.verdict, ${jobVerdict(role, 'g')},
    case when $9::uuid is not null and not exists (select from own) then 'not-found' end) as verdict from granted g),
  basis as materialized (${bases[kind]}),
  related as materialized (${relations[role]}),
  decided as materialized (${decided(role)}),
  ${fields ? `shown as materialized (${rows}),` : ''}
  visible as materialized (${fields ? paged : personsOnly}),
  logged as (${logged})
  select g.verdict, v.* from gate g left join visible v on true${fields ? ' order by v.place' : ''}`;
}
