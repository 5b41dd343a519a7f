import type { Database, Tx } from '../db/index.ts';
import { isLanguage, type Clock, type Id } from '../kernel/index.ts';
import type { RosterPerson } from './account-store.ts';
import type { ActorMunicipality, RoleName } from './actor.ts';
import { visitRolePrefix, type LiveRole } from './roles.ts';
import { openVisits, type OpenVisit } from './visit-store.ts';

export interface RoleStore {
  /** Roles that the person holds today in that municipality, among those named. */
  rolesOf(person: RosterPerson, among: readonly RoleName[]): Promise<LiveRole[]>;
}

/** Statements instead of models: asked on every request. */
export function roleStore(database: Database, clock: Clock): RoleStore {
  return {
    async rolesOf({ municipality, person }, among) {
      const question = { municipality, person, among, today: clock.today() };
      const roles = await database.inTenant(municipality, (tx) => liveRoles(tx, question), { readOnly: true });
      const desk = roles.find(({ role }) => role === 'support');
      return desk ? [...roles, ...(await visits(database, desk, clock.now()))] : roles;
    },
  };
}

/** Support staff of the operator are roles of no other roster: a municipality lets them in, for a while. */
async function visits(database: Database, desk: LiveRole, now: Date): Promise<LiveRole[]> {
  if (desk.municipality.kind !== 'coordinator') return [];
  const open = await openVisits(database, desk.person, now);
  const role = async (visit: OpenVisit): Promise<LiveRole> => ({
    ...desk,
    roleId: `${visitRolePrefix}${visit.id}`,
    municipality: await database.global((tx) => municipalityOf(tx, visit.municipality)),
    school: visit.school,
    visit: { id: visit.id, endsAt: visit.endsAt, home: desk.municipality.id },
  });
  return Promise.all(open.map(role));
}

async function liveRoles(tx: Tx, question: RoleQuestion): Promise<LiveRole[]> {
  const { among, municipality, person } = question;
  const rows = [
    ...(among.some((role) => role !== 'guardian') ? await rosterRoles(tx, question) : []),
    ...(among.includes('guardian') ? await guardianRole(tx, question) : []),
  ];
  if (rows.length === 0) return [];
  const place = await municipalityOf(tx, municipality);
  return rows.map((row) => toRole(row, place, person));
}

interface RoleRow {
  roleId: string;
  role: RoleName;
  personName: string;
  language: string;
  schoolId: Id | null;
  schoolName: string | null;
  children: { id: Id; name: string }[] | null;
}

interface MunicipalityRow {
  id: Id;
  code: string;
  kind: ActorMunicipality['kind'];
  fi: string;
  sv: string;
  en: string;
}

async function municipalityOf(tx: Tx, wanted: Id): Promise<ActorMunicipality> {
  const [row] = await tx.query<MunicipalityRow>({
    name: 'municipality-by-id',
    text: `select id, code, kind, name_fi as fi, name_sv as sv, name_en as en from municipality where id = $1`,
    values: [wanted],
  });
  const { id, code, kind, ...name } = row!;
  return { id, code, kind, name };
}

interface RoleQuestion {
  municipality: Id;
  person: Id;
  among: readonly RoleName[];
  today: string;
}

function rosterRoles(tx: Tx, { municipality, person, among, today }: RoleQuestion): Promise<RoleRow[]> {
  return tx.query<RoleRow>({
    name: 'roles-of-person',
    text: `
      select distinct on (array_position($3::text[], r.role), o.name, r.org_id)
             r.id as "roleId", r.role, coalesce(p.preferred_name, p.given_name) || ' ' || p.family_name as "personName",
             p.language, case when o.type = 'school' then o.id end as "schoolId",
             case when o.type = 'school' then o.name end as "schoolName", null as children
      from role r
      join person p on p.municipality_id = r.municipality_id and p.id = r.person_id and p.status = 'active'
      join org o on o.municipality_id = r.municipality_id and o.id = r.org_id and o.status = 'active'
      where r.municipality_id = $1 and r.person_id = $2 and r.role = any($3::text[]) and r.role <> 'guardian'
        and r.valid_from <= $4::date and (r.valid_to is null or r.valid_to > $4::date)
      order by array_position($3::text[], r.role), o.name, r.org_id, r.id
      limit 100`,
    values: [municipality, person, among, today],
  });
}

/**
 * One role per guardian, not per child. Rights of a guardian end on the child's 18th birthday; a child without
 * a birth date is taken for older (the narrow reading); a child protected from this guardian is left out.
 */
function guardianRole(tx: Tx, { municipality, person, today }: Omit<RoleQuestion, 'among'>): Promise<RoleRow[]> {
  return tx.query<RoleRow>({
    name: 'guardian-role-of-person',
    text: `
      select 'guardian-' || p.id as "roleId", 'guardian' as role,
             coalesce(p.preferred_name, p.given_name) || ' ' || p.family_name as "personName", p.language,
             null as "schoolId", null as "schoolName",
             coalesce(jsonb_agg(distinct jsonb_build_object('id', c.id, 'name', coalesce(c.preferred_name, c.given_name)))
                      filter (where g.can_see), '[]') as children
      from person p
      join guardianship g on g.municipality_id = p.municipality_id and g.guardian_id = p.id
      join person c on c.municipality_id = g.municipality_id and c.id = g.child_id and c.status = 'active'
      where p.municipality_id = $1 and p.id = $2 and p.status = 'active'
        and (g.can_see or g.can_decide or g.notify)
        and g.valid_from <= $3::date and (g.valid_to is null or g.valid_to > $3::date)
        and c.birth_date + interval '18 years' > $3::date
        and not exists (
          select from protection x
          where x.municipality_id = g.municipality_id and x.person_id = c.id and x.kind = 'custody'
            and x.against_person_id = p.id
            and x.valid_from <= $3::date and (x.valid_to is null or x.valid_to > $3::date))
      group by p.municipality_id, p.id`,
    values: [municipality, person, today],
  });
}

function toRole(row: RoleRow, municipality: ActorMunicipality, person: Id): LiveRole {
  const { roleId, role, personName, schoolId, schoolName, children } = row;
  return {
    roleId,
    role,
    municipality,
    person,
    personName,
    language: isLanguage(row.language) ? row.language : 'fi',
    ...(schoolId && schoolName && { school: { id: schoolId, name: schoolName } }),
    ...(children && { children }),
  };
}
