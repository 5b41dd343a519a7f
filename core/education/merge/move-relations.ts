import type { Tx } from '../../db/index.ts';
import type { MergedPair } from './merge-order.ts';

/** Columns of this room that name a learner, of tables that may name the same one several times. */
const columns = [
  ['role', 'person_id'],
  ['enrollment', 'person_id'],
  ['protection', 'person_id'],
  ['protection', 'against_person_id'],
  ['person_identifier', 'person_id'],
  ['result', 'person_id'],
  ['attendance', 'student_id'],
  ['absence', 'student_id'],
] as const;

/** Roles, classes, safety entries, identifiers, marks and attendance of both belong to the one who stays. */
export async function moveRelations(tx: Tx, pair: MergedPair): Promise<void> {
  const values = [pair.municipality, pair.kept, pair.merged];
  await tx.query({
    text: `delete from attendance a using attendance k where a.municipality_id = $1 and a.student_id = $3
      and k.municipality_id = $1 and k.student_id = $2 and k.event_id = a.event_id`,
    values,
  });
  for (const [table, column] of columns)
    await tx.query({
      text: `update ${table} set ${column} = $2 where municipality_id = $1 and ${column} = $3`,
      values,
    });
  await takeOverDetails(tx, pair);
}

interface OldDetails {
  oid: string | null;
  birth_date: string | null;
}

/** The kept row's own details stand; what it lacks comes from the merged one, whose learner number goes on finding the learner. */
async function takeOverDetails(tx: Tx, { municipality, kept, merged }: MergedPair): Promise<void> {
  const [old] = await tx.query<OldDetails>({
    text: 'select oid, birth_date from person where municipality_id = $1 and id = $2',
    values: [municipality, merged],
  });
  await tx.query({
    text: `update person set status = 'tobedeleted', oid = null, source_id = null where municipality_id = $1 and id = $2`,
    values: [municipality, merged],
  });
  await tx.query({
    text: `update person set oid = coalesce(oid, $3), birth_date = coalesce(birth_date, $4::date)
      where municipality_id = $1 and id = $2`,
    values: [municipality, kept, old!.oid, old!.birth_date],
  });
  if (!old!.oid?.startsWith('1.2.246.562.')) return;
  await tx.query({
    text: `insert into person_identifier (municipality_id, scheme, value, person_id)
      values ($1, 'learner-number', $2, $3) on conflict do nothing`,
    values: [municipality, old!.oid, kept],
  });
}
