import type { Tx } from '../../db/index.ts';
import type { Id } from '../../kernel/index.ts';

export interface OfficerContact {
  name: string;
  email: string | null;
  phone: string | null;
}

/** Who holds the office of data protection officer today. */
export function officersOf(tx: Tx, municipality: Id, today: string): Promise<OfficerContact[]> {
  return tx.query({
    name: 'record-officers',
    text: `select distinct coalesce(p.preferred_name, p.given_name) || ' ' || p.family_name as name, p.email, p.phone
      from role r join person p on p.municipality_id = $1 and p.id = r.person_id and p.status = 'active'
      where r.municipality_id = $1 and r.role = 'dataProtectionOfficer' and r.valid_from <= $2::date
        and (r.valid_to is null or r.valid_to > $2::date) order by 1`,
    values: [municipality, today],
  });
}

/** Schools in which each agreement's plugin is in use. */
export async function schoolsInUse(tx: Tx, municipality: Id): Promise<Map<Id, number>> {
  const rows = await tx.query<{ agreement: Id; schools: number }>({
    name: 'record-schools',
    text: `select agreement_id as agreement, count(*)::int as schools from enablement where municipality_id = $1 and status = 'enabled' group by 1`,
    values: [municipality],
  });
  return new Map(rows.map(({ agreement, schools }) => [agreement, schools]));
}
