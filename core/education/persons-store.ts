import type { Tx } from '../db/index.ts';
import type { Id } from '../kernel/index.ts';

export type IdentifierScheme = 'learner-number' | 'mpass-uid' | 'hetu-hash' | 'username';

export interface PersonName {
  id: Id;
  givenName: string;
  familyName: string;
  language: string;
}

export interface RoleOnDate {
  id: Id;
  role: string;
  org: { id: Id; name: string; type: 'district' | 'school' };
}

/** The person who has, or ever had, the identifier; nobody who has left the roster. */
export async function findPersonByIdentifier(
  tx: Tx,
  municipality: Id,
  identifier: { scheme: IdentifierScheme; value: string },
): Promise<PersonName | undefined> {
  const [found] = await tx.query<PersonName>({
    name: 'person-by-identifier',
    text: `select p.id, p.given_name as "givenName", p.family_name as "familyName", p.language
           from person_identifier i
           join person p on p.municipality_id = i.municipality_id and p.id = i.person_id
           where i.municipality_id = $1 and i.scheme = $2 and i.value = $3 and p.status = 'active'`,
    values: [municipality, identifier.scheme, identifier.value],
  });
  return found;
}

/** Roles in force on the school date, in schools that are in use. */
export function rolesOnDate(tx: Tx, municipality: Id, on: { person: Id; date: string }): Promise<RoleOnDate[]> {
  return tx.query({
    name: 'roles-on-date',
    text: `select r.id, r.role, json_build_object('id', o.id, 'name', o.name, 'type', o.type) as org
           from role r
           join org o on o.municipality_id = r.municipality_id and o.id = r.org_id and o.status = 'active'
           join person p on p.municipality_id = r.municipality_id and p.id = r.person_id and p.status = 'active'
           where r.municipality_id = $1 and r.person_id = $2
             and r.valid_from <= $3::date and (r.valid_to is null or $3::date < r.valid_to)
           order by o.name, r.role`,
    values: [municipality, on.person, on.date],
  });
}

/** Names as people are called, in the order of the family names; nobody who has left the roster. */
export function personNames(tx: Tx, municipality: Id, ids: readonly Id[]): Promise<{ id: Id; name: string }[]> {
  return tx.query({
    name: 'person-names',
    text: `select p.id, coalesce(p.preferred_name, p.given_name) || ' ' || p.family_name as name from person p
      where p.municipality_id = $1 and p.id = any($2::uuid[]) and p.status = 'active'
      order by p.family_name collate "fi-x-icu", p.given_name collate "fi-x-icu", p.id`,
    values: [municipality, ids],
  });
}
