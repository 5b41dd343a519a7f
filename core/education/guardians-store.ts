import type { Tx } from '../db/index.ts';
import type { Id } from '../kernel/index.ts';

export interface GuardianContact {
  id: Id;
  name: string;
  phone: string | null;
  email: string | null;
  /** An order of non-disclosure lies on the guardian. */
  withheld: boolean;
}

/** Guardians of a learner today with their contacts, by name: those whom no link between the two shuts out. */
export function contactsOfGuardians(
  tx: Tx,
  municipality: Id,
  { child, today }: { child: Id; today: string },
): Promise<GuardianContact[]> {
  return tx.query({
    name: 'guardian-contacts',
    text: `select p.id, coalesce(p.preferred_name, p.given_name) || ' ' || p.family_name as name, p.phone, p.email,
        exists (select from protection x where x.municipality_id = $1 and x.person_id = p.id and x.kind = 'non-disclosure'
          and x.valid_from <= $3::date and (x.valid_to is null or x.valid_to > $3::date)) as withheld
      from (select l.guardian_id from guardianship l where l.municipality_id = $1 and l.child_id = $2
        and l.valid_from <= $3::date and (l.valid_to is null or l.valid_to > $3::date)
        group by l.guardian_id having bool_and(l.can_see)) g
      join person p on p.municipality_id = $1 and p.id = g.guardian_id and p.status = 'active'
      where not exists (select from protection x where x.municipality_id = $1 and x.person_id = $2 and x.kind = 'custody'
        and x.against_person_id = p.id and x.valid_from <= $3::date and (x.valid_to is null or x.valid_to > $3::date))
      order by 2, 1 limit 20`,
    values: [municipality, child, today],
  });
}
