import type { Tx } from '../../db/index.ts';
import { refuse } from '../../kernel/index.ts';
import type { MergedPair } from './merge-order.ts';

interface Candidate {
  id: string;
  birth_date: string | null;
  identity_code: string | null;
  other_roles: boolean;
  gone: boolean;
}

/** Holds both rows until the merge is done, and refuses two who can't be one learner. */
export async function checkMergeable(tx: Tx, { municipality, kept, merged }: MergedPair, today: string): Promise<void> {
  const found = await tx.query<Candidate>({
    text: `select p.id, p.birth_date,
        (select min(i.value) from person_identifier i
          where i.municipality_id = $1 and i.person_id = p.id and i.scheme = 'hetu-hash') as identity_code,
        exists (select from role r where r.municipality_id = $1 and r.person_id = p.id and r.role <> 'student'
          and (r.valid_to is null or r.valid_to > $3::date)) as other_roles,
        exists (select from person_merge m where m.municipality_id = $1 and m.merged_id = p.id) as gone
      from person p where p.municipality_id = $1 and p.id = any($2::uuid[]) order by p.id for update of p`,
    values: [municipality, [kept, merged], today],
  });
  const [one, other] = found;
  if (!one || !other || one.gone || other.gone) refuse('not-found', 'There are no two such learners here.');
  // A grown-up's roles open other people's data: to give them to somebody is no mending of a register.
  if (one.other_roles || other.other_roles)
    refuse('conflict', 'Only learners are merged; one of the two has another role.');
  if (differ(one.birth_date, other.birth_date))
    refuse('conflict', 'The birth dates of the two differ: they are not one learner, or one date is wrong.');
  if (differ(one.identity_code, other.identity_code))
    refuse('conflict', 'The two have different identity codes: they are not one learner.');
}

function differ(one: string | null, other: string | null): boolean {
  return one !== null && other !== null && one !== other;
}
