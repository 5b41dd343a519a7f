import { endOfConsent } from '../consent/index.ts';
import type { Tx } from '../db/index.ts';
import { type Id, schoolDate, type Texts } from '../kernel/index.ts';
import type { Day, World } from './world.ts';

/** A municipality's rows as they stood at the end of a day, as far as they decide who sees one learner. */
export interface PastWorld {
  world: World;
  people: { id: Id; name: string }[];
  plugins: { plugin: string; name: Texts | null; purposes: { id: string; text: Texts }[] }[];
}

interface Row extends World {
  people: PastWorld['people'];
  plugins: PastWorld['plugins'];
  words: {
    plugin: string;
    purpose: string;
    state: string;
    role: string;
    at: string;
    elements: string[];
    consentMajor: number;
  }[];
}

const holds = (alias: string) =>
  `${alias}.valid_from <= $3::date and (${alias}.valid_to is null or ${alias}.valid_to > $3::date)`;
const span = (alias: string) => `'span', json_build_object('from', ${alias}.valid_from, 'to', ${alias}.valid_to)`;
const all = (rows: string) => `coalesce(json_agg(${rows}), '[]')`;

/**
 * Relations and protections carry the days on which they hold; consents are the last events of the day; whether a plugin was in
 * use is the last act of the log about it.
 */
const past = `with
  moment as (select (($3::date + 1)::timestamp at time zone 'Europe/Helsinki') as ends),
  own as (select s.* from enrollment s where s.municipality_id = $1 and s.person_id = $2 and s.role = 'student' and ${holds('s')}),
  staff as (select r.* from role r where r.municipality_id = $1 and r.org_id in (select school_id from own)
    and r.role in ('teacher', 'principal') and ${holds('r')}),
  taught as (select t.* from enrollment t where t.municipality_id = $1 and t.class_id in (select class_id from own)
    and t.role = 'teacher' and ${holds('t')}),
  links as (select g.* from guardianship g where g.municipality_id = $1 and g.child_id = $2 and ${holds('g')}),
  used as (select e.school_id, e.plugin, e.version, coalesce(
      (select case when v.action = 'enablement.stop' then 'stopped' else 'enabled' end from audit_event v, moment
        where v.municipality_id = $1 and v.plugin = e.plugin and v.school_id = e.school_id and v.at < moment.ends
          and v.action in ('enablement.enable', 'enablement.stop', 'enablement.resume', 'enablement.update')
        order by v.position desc limit 1),
      (select e.status from moment where e.changed_at < moment.ends)) as status,
      (select a.id from agreement a, moment where a.municipality_id = $1 and a.plugin = e.plugin and a.accepted_at < moment.ends
        order by a.id = e.agreement_id desc, a.accepted_at desc limit 1) as agreement_id
    from enablement e where e.municipality_id = $1 and e.school_id in (select school_id from own)),
  running as (select * from used where status is not null and agreement_id is not null)
select
  (select ${all(`json_build_object('school', school_id, 'plugin', plugin, 'agreement', agreement_id, 'status', status)`)} from running) as enablements,
  (select ${all(`json_build_object('id', a.id, 'plugin', a.plugin, 'consentMajor', a.consent_major, 'status', a.status, 'expiresOn', a.expires_on)`)}
    from agreement a where a.municipality_id = $1 and a.id in (select agreement_id from running)) as agreements,
  (select ${all(`json_build_object('agreement', t.agreement_id, 'purpose', t.purpose, 'element', t.element, 'basis', t.legal_basis,
      'background', t.background, 'coarse', t.coarse, 'noExport', t.no_export, 'lease', t.lease)`)}
    from agreement_element t where t.municipality_id = $1 and t.agreement_id in (select agreement_id from running)) as agreed,
  (select ${all(`json_build_object('id', p.id, 'birthDate', p.birth_date, 'active', p.status = 'active')`)}
    from person p where p.municipality_id = $1 and p.id = $2) as persons,
  (select ${all(`json_build_object('id', c.id, 'school', c.school_id, 'active', c.status = 'active')`)}
    from class c where c.municipality_id = $1 and c.id in (select class_id from own)) as classes,
  (select ${all(`json_build_object('person', s.person_id, 'role', s.role, 'org', s.org_id, ${span('s')})`)} from staff s) as roles,
  (select ${all(`json_build_object('person', n.person_id, 'class', n.class_id, 'school', n.school_id, 'role', n.role, ${span('n')})`)}
    from (select * from own union all select * from taught) n) as enrollments,
  (select ${all(`json_build_object('guardian', g.guardian_id, 'child', g.child_id, 'canSee', g.can_see, 'canDecide', g.can_decide, ${span('g')})`)}
    from links g) as guardianships,
  (select ${all(`json_build_object('person', x.person_id, 'kind', x.kind, 'against', x.against_person_id, ${span('x')})`)}
    from protection x where x.municipality_id = $1 and x.person_id = $2 and ${holds('x')}) as protections,
  (select ${all(`json_build_object('person', z.person_id, 'permitted', z.permitted_id, 'to', z.valid_to)`)}
    from disclosure_permit z, moment where z.municipality_id = $1 and z.person_id = $2 and z.granted_at < moment.ends) as permits,
  (select ${all(`json_build_object('plugin', w.plugin, 'purpose', w.purpose, 'state', w.state, 'role', w.by_role, 'at', w.at,
      'elements', w.elements, 'consentMajor', w.consent_major)`)}
    from (select distinct on (c.plugin, c.purpose) c.* from consent_event c, moment
      where c.municipality_id = $1 and c.person_id = $2 and c.at < moment.ends order by c.plugin, c.purpose, c.revision desc) w) as words,
  (select ${all(`json_build_object('id', p.id, 'name', coalesce(p.preferred_name, p.given_name) || ' ' || p.family_name)`)}
    from person p where p.municipality_id = $1 and p.status = 'active' and p.id in (
      select $2::uuid union select person_id from staff union select guardian_id from links)) as people,
  (select coalesce(json_agg(distinct jsonb_build_object('plugin', u.plugin, 'name', b.manifest -> 'name',
      'purposes', coalesce(a.document -> 'purposes', '[]'))), '[]')
    from running u join agreement a on a.municipality_id = $1 and a.id = u.agreement_id
    left join bundle b on b.plugin = u.plugin and b.version = u.version) as plugins`;

export async function readPastWorld(
  tx: Tx,
  { municipality, person, on }: { municipality: Id; person: Id; on: Day },
): Promise<PastWorld> {
  const [row] = await tx.query<Row>({ name: 'access-past-world', text: past, values: [municipality, person, on] });
  const { people, plugins, words, ...rows } = withoutNulls(row!) as Row;
  const birthDate = rows.persons[0]?.birthDate;
  const consents = words.map(({ plugin, purpose, state, role, at, elements, consentMajor }) => ({
    person,
    plugin,
    purpose,
    elements,
    consentMajor,
    valid: state === 'ConsentGiven' || state === 'RenewedConsentGiven',
    expiresOn: endOfConsent(schoolDate(new Date(at)), { role: role === 'learner' ? 'learner' : 'guardian', birthDate }),
  }));
  return { world: { ...rows, consents }, people, plugins: plugins.map((one) => ({ ...one, name: one.name ?? null })) };
}

/** SQL's null is the absent member of the plain rows. */
function withoutNulls(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNulls);
  if (value === null || typeof value !== 'object') return value;
  const members = Object.entries(value).filter(([, member]) => member !== null);
  return Object.fromEntries(members.map(([name, member]) => [name, withoutNulls(member)]));
}
