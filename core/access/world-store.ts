import type { Tx } from '../db/index.ts';
import type { Id } from '../kernel/index.ts';
import type { World } from './world.ts';

/** Which part of a municipality a question about one actor and one learner rests on. */
export interface WorldSlice {
  municipality: Id;
  school: Id;
  plugin: string;
  actor: Id;
  person: Id;
}

/** One row of JSON arrays, shaped as the reference decision wants them; read in one snapshot. */
const slice = `with
  e as (select * from enablement where municipality_id = $1 and school_id = $2 and plugin = $3),
  people as (select unnest(array[$4::uuid, $5::uuid]) as id),
  n as (select r.* from enrollment r join people on people.id = r.person_id where r.municipality_id = $1)
select
  (select coalesce(json_agg(json_build_object('school', school_id, 'plugin', plugin, 'agreement', agreement_id, 'status', status)), '[]') from e) as enablements,
  (select coalesce(json_agg(json_build_object('id', a.id, 'plugin', a.plugin, 'consentMajor', a.consent_major, 'status', a.status, 'expiresOn', a.expires_on)), '[]')
    from agreement a join e on e.agreement_id = a.id where a.municipality_id = $1) as agreements,
  (select coalesce(json_agg(json_build_object('agreement', t.agreement_id, 'purpose', t.purpose, 'element', t.element, 'basis', t.legal_basis, 'background', t.background, 'coarse', t.coarse, 'noExport', t.no_export, 'lease', t.lease)), '[]')
    from agreement_element t join e on e.agreement_id = t.agreement_id where t.municipality_id = $1) as agreed,
  (select coalesce(json_agg(json_build_object('id', p.id, 'birthDate', p.birth_date, 'active', p.status = 'active')), '[]')
    from person p join people on people.id = p.id where p.municipality_id = $1) as persons,
  (select coalesce(json_agg(distinct jsonb_build_object('id', c.id, 'school', c.school_id, 'active', c.status = 'active')), '[]')
    from class c join n on n.class_id = c.id where c.municipality_id = $1) as classes,
  (select coalesce(json_agg(json_build_object('person', r.person_id, 'role', r.role, 'org', r.org_id, 'span', json_build_object('from', r.valid_from, 'to', r.valid_to))), '[]')
    from role r where r.municipality_id = $1 and r.person_id = $4) as roles,
  (select coalesce(json_agg(json_build_object('person', person_id, 'class', class_id, 'school', school_id, 'role', role, 'span', json_build_object('from', valid_from, 'to', valid_to))), '[]') from n) as enrollments,
  (select coalesce(json_agg(json_build_object('guardian', g.guardian_id, 'child', g.child_id, 'canSee', g.can_see, 'canDecide', g.can_decide, 'span', json_build_object('from', g.valid_from, 'to', g.valid_to))), '[]')
    from guardianship g where g.municipality_id = $1 and g.child_id = $5 and g.guardian_id = $4) as guardianships,
  (select coalesce(json_agg(json_build_object('person', x.person_id, 'kind', x.kind, 'against', x.against_person_id, 'span', json_build_object('from', x.valid_from, 'to', x.valid_to))), '[]')
    from protection x where x.municipality_id = $1 and x.person_id = $5) as protections,
  (select coalesce(json_agg(json_build_object('person', z.person_id, 'permitted', z.permitted_id, 'to', z.valid_to)), '[]')
    from disclosure_permit z where z.municipality_id = $1 and z.person_id = $5) as permits,
  (select coalesce(json_agg(json_build_object('person', y.person_id, 'plugin', y.plugin, 'purpose', y.purpose, 'consentMajor', y.consent_major, 'valid', y.valid, 'expiresOn', y.expires_on, 'elements', y.elements)), '[]')
    from consent_state y where y.municipality_id = $1 and y.person_id = $5 and y.plugin = $3) as consents`;

export async function readWorld(tx: Tx, { municipality, school, plugin, actor, person }: WorldSlice): Promise<World> {
  const values = [municipality, school, plugin, actor, person];
  const [world] = await tx.query<World>({ name: 'access-world', text: slice, values });
  return withoutNulls(world!) as World;
}

/** SQL's null is the absent member of the plain rows. */
function withoutNulls(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNulls);
  if (value === null || typeof value !== 'object') return value;
  const members = Object.entries(value).filter(([, member]) => member !== null);
  return Object.fromEntries(members.map(([name, member]) => [name, withoutNulls(member)]));
}
