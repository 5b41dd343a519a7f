import type { Tx } from '../../db/index.ts';
import type { Id } from '../../kernel/index.ts';

export async function schoolsOfPerson(
  tx: Tx,
  municipality: Id,
  { person, today }: { person: Id; today: string },
): Promise<Id[]> {
  const rows = await tx.query<{ id: Id }>({
    name: 'rights-schools',
    text: `select distinct school_id as id from enrollment where municipality_id = $1 and person_id = $2 and role = 'student'
      and valid_from <= $3::date and (valid_to is null or valid_to > $3::date) order by 1`,
    values: [municipality, person, today],
  });
  return rows.map(({ id }) => id);
}
