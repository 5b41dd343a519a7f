import { appendEvent, elementBits } from '../audit/index.ts';
import type { Database } from '../db/index.ts';
import type { Actor } from '../identity/index.ts';
import type { Clock, Id } from '../kernel/index.ts';

/** Somebody of a school whom an administrator may name in a question about access. */
export interface ExplainedPerson {
  id: Id;
  name: string;
  role: 'teacher' | 'principal' | 'guardian' | 'student';
}

const most = 20;
const live = (alias: string) =>
  `${alias}.valid_from <= $3::date and (${alias}.valid_to is null or ${alias}.valid_to > $3::date)`;

const found = `with
  learners as (select distinct s.person_id as id from enrollment s where s.municipality_id = $1 and s.school_id = $2 and s.role = 'student' and ${live('s')}),
  everybody as (
    select id, 'student' as role from learners
    union select r.person_id, r.role from role r where r.municipality_id = $1 and r.org_id = $2 and r.role in ('teacher', 'principal') and ${live('r')}
    union select g.guardian_id, 'guardian' from guardianship g where g.municipality_id = $1 and g.child_id in (select id from learners) and ${live('g')})
  select p.id, p.given_name || ' ' || p.family_name as name, e.role from everybody e
  join person p on p.municipality_id = $1 and p.id = e.id and p.status = 'active'
  where lower(p.given_name || ' ' || p.family_name) like $4
  order by p.family_name collate "fi-x-icu", p.given_name collate "fi-x-icu", p.id, e.role limit ${most}`;

/** By a part of the name. Looking is logged, and the learners' families see it. */
export function findPeople(
  { database, clock }: { database: Database; clock: Clock },
  actor: Actor,
  { school, name }: { school: Id; name: string },
): Promise<ExplainedPerson[]> {
  const municipality = actor.municipality.id;
  return database.inTenant(municipality, async (tx) => {
    const pattern = `%${name.toLowerCase().replaceAll(/[\\%_]/g, '\\$&')}%`;
    const values = [municipality, school, clock.today(), pattern];
    const people = await tx.query<ExplainedPerson>({ name: 'access-explained-people', text: found, values });
    const mask = elementBits['students.givenName'] | elementBits['students.familyName'];
    const learners = people.filter(({ role }) => role === 'student').map(({ id }) => ({ person: id, mask }));
    const event = { municipality, action: 'access.explain', school, actor: actor.person, actorRole: actor.role };
    const elements = ['students.givenName', 'students.familyName'];
    await appendEvent(tx, { ...event, elements, subjects: learners }, clock);
    return people;
  });
}
