import { refuse, type Id } from '../../kernel/index.ts';
import type { Tx } from '../../db/index.ts';

/** One of the two, so that a person can see whether they are one. */
export interface MergeSide {
  name: string;
  birthDate: string | null;
  school: string | null;
  classes: string[];
  guardians: number;
  memberships: number;
  marks: number;
  attendances: number;
  absences: number;
  protections: number;
}

const count = (table: string, column: string): string =>
  `(select count(*)::int from ${table} x where x.municipality_id = $1 and x.${column} = $2)`;
const open = (alias: string): string =>
  `${alias}.valid_from <= $3::date and (${alias}.valid_to is null or ${alias}.valid_to > $3::date)`;

export async function classesAndCounts(
  tx: Tx,
  municipality: Id,
  { person, today }: { person: Id; today: string },
): Promise<MergeSide> {
  const [found] = await tx.query<MergeSide>({
    name: 'merge-side',
    text: `select p.given_name || ' ' || p.family_name as name, p.birth_date as "birthDate",
        (select min(o.name) from enrollment e join org o on o.municipality_id = $1 and o.id = e.school_id
          where e.municipality_id = $1 and e.person_id = $2 and ${open('e')}) as school,
        coalesce((select array_agg(distinct c.title order by c.title) from enrollment e join class c on c.municipality_id = $1 and c.id = e.class_id
          where e.municipality_id = $1 and e.person_id = $2 and ${open('e')}), '{}') as classes,
        (select count(distinct g.guardian_id)::int from guardianship g
          where g.municipality_id = $1 and g.child_id = $2 and ${open('g')}) as guardians,
        ${count('enrollment', 'person_id')} as memberships, ${count('result', 'person_id')} as marks,
        ${count('attendance', 'student_id')} as attendances, ${count('absence', 'student_id')} as absences,
        ${count('protection', 'person_id')} as protections
      from person p where p.municipality_id = $1 and p.id = $2`,
    values: [municipality, person, today],
  });
  return found ?? refuse('not-found', 'There are no two such learners here.');
}

export async function waitingGuardians(tx: Tx, municipality: Id, children: readonly Id[]): Promise<number> {
  const [found] = await tx.query<{ n: number }>({
    text: `select count(*)::int as n from pending_access
      where municipality_id = $1 and child_id = any($2::uuid[]) and state = 'waiting'`,
    values: [municipality, children],
  });
  return found!.n;
}
