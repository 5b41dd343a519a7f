import type { Day } from '../../consent/index.ts';
import type { Tx } from '../../db/index.ts';
import type { Id, Language } from '../../kernel/index.ts';

/** Somebody whom an incident concerns, or who answers for them, and whether a letter may go there. */
export interface Addressee {
  person: Id;
  personName: string;
  elements: string[];
  recipient: Id;
  recipientName: string;
  as: 'self' | 'guardian';
  language: Language;
  /** Null where it is protected, and where none is known. */
  address: string | null;
  /** A non-disclosure order on the child or on the recipient: nothing goes by post. */
  isProtected: boolean;
  /** Why there is no letter to this one; null: there is. */
  withheld: 'unsafe' | 'too-young' | 'no-right' | null;
}

const live = (alias: string) =>
  `${alias}.valid_from <= $3::date and (${alias}.valid_to is null or ${alias}.valid_to > $3::date)`;
const isUnder = (person: string) =>
  `exists (select from protection x where x.municipality_id = $1 and x.person_id = ${person} and x.kind = 'non-disclosure' and ${live('x')})`;

/**
 * The persons themselves from 13 years, and the guardians of minors. Unsafe is who is barred by custody or by the learner, and
 * near a non-disclosure order whoever is off the named list: an unknown birth date counts as too young, and as not a minor.
 */
const addressees = `with concerned as (
    select c.person_id, c.elements, k.birth_date, coalesce(k.preferred_name, k.given_name) || ' ' || k.family_name as name,
      ${isUnder('c.person_id')} as is_under
    from incident_person c join person k on k.municipality_id = $1 and k.id = c.person_id and k.status = 'active'
    where c.municipality_id = $1 and c.incident_id = $2),
  ways as (
    select c.person_id, c.person_id as recipient, 'self' as way,
      case when exists (select from enrollment s where s.municipality_id = $1 and s.person_id = c.person_id and s.role = 'student')
        and coalesce(c.birth_date + interval '13 years' > $3::date, true) then 'too-young' end as withheld
    from concerned c
    union all
    select c.person_id, g.guardian_id, 'guardian', case
      when exists (select from protection x where x.municipality_id = $1 and x.person_id = c.person_id and ${live('x')} and (
          x.kind = 'custody' and x.against_person_id = g.guardian_id
          or x.kind = 'learner-private' and coalesce(x.against_person_id, g.guardian_id) = g.guardian_id))
        or c.is_under and not exists (select from disclosure_permit z where z.municipality_id = $1 and z.person_id = c.person_id
          and z.permitted_id = g.guardian_id and (z.valid_to is null or z.valid_to > $3::date)) then 'unsafe'
      when not bool_and(g.can_see and g.notify) then 'no-right' end
    from concerned c join guardianship g on g.municipality_id = $1 and g.child_id = c.person_id and ${live('g')}
    where c.birth_date + interval '18 years' > $3::date
    group by c.person_id, c.is_under, g.guardian_id)
  select c.person_id as person, c.name as "personName", c.elements, w.recipient,
    coalesce(r.preferred_name, r.given_name) || ' ' || r.family_name as "recipientName", w.way as "as", w.withheld,
    case when r.language in ('fi', 'sv', 'en') then r.language else m.language end as language,
    c.is_under or ${isUnder('w.recipient')} as "isProtected",
    case when not c.is_under and not ${isUnder('w.recipient')} then r.address end as address
  from ways w join concerned c on c.person_id = w.person_id
  join person r on r.municipality_id = $1 and r.id = w.recipient
  join municipality m on m.id = $1
  order by c.person_id, w.way desc, w.recipient`;

export function addresseesOf(
  tx: Tx,
  municipality: Id,
  { incident, today }: { incident: Id; today: Day },
): Promise<Addressee[]> {
  return tx.query({ name: 'incident-addressees', text: addressees, values: [municipality, incident, today] });
}
