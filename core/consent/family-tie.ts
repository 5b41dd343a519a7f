import type { Tx } from '../db/index.ts';
import type { Actor } from '../identity/index.ts';
import { type Id, refuse } from '../kernel/index.ts';
import { adultAge, type Day, dayOfAge } from './ages.ts';

/** As much of an actor as a tie depends on: work in the background has no session. */
export type TiedActor = Pick<Actor, 'person' | 'role'> & { municipality: Pick<Actor['municipality'], 'id'> };

/** How a guardian or a learner is tied to a learner today. */
export interface FamilyTie {
  child: Id;
  birthDate: Day | undefined;
  /** The learner's own page. */
  self: boolean;
  canDecide: boolean;
  /** A non-disclosure order, and the actor is off its list: school, class and staff stay unnamed. */
  withheld: boolean;
}

/** Ties that hold on a date; a custody entry or one narrow link among several takes the child out of sight. */
const ties = `select p.id as child, p.birth_date as "birthDate", p.id = $2 as self,
    p.id = $2 or coalesce(l.can_decide, false) as "canDecide",
    p.id <> $2 and o.withheld is true and not exists (
      select from disclosure_permit z where z.municipality_id = $1 and z.person_id = p.id and z.permitted_id = $2
        and (z.valid_to is null or z.valid_to > $3::date)) as withheld
  from person p
  left join lateral (
    select bool_and(g.can_see) as can_see, bool_and(g.can_decide) as can_decide from guardianship g
    where g.municipality_id = $1 and g.guardian_id = $2 and g.child_id = p.id and g.valid_from <= $3::date
      and (g.valid_to is null or g.valid_to > $3::date)) l on $4 = 'guardian'
  left join lateral (
    select bool_or(x.kind = 'custody' and x.against_person_id = $2
        or x.kind = 'learner-private' and coalesce(x.against_person_id, $2) = $2 and p.id <> $2) as barred,
      bool_or(x.kind = 'non-disclosure') as withheld
    from protection x where x.municipality_id = $1 and x.person_id = p.id and x.valid_from <= $3::date
      and (x.valid_to is null or x.valid_to > $3::date)) o on true
  where p.municipality_id = $1 and p.status = 'active' and p.id = any($5::uuid[]) and o.barred is not true
    and (case when $4 = 'guardian' then l.can_see and p.birth_date + interval '${adultAge} years' > $3::date
         else $4 = 'student' and p.id = $2 end)
  order by p.birth_date, p.id`;

const childrenOf = `select distinct child_id as id from guardianship
  where municipality_id = $1 and guardian_id = $2 and valid_from <= $3::date and (valid_to is null or valid_to > $3::date)`;

/** All children whom the actor may see today; a learner sees only themself. */
export async function familyTies(tx: Tx, actor: TiedActor, today: Day): Promise<FamilyTie[]> {
  const { person, role } = actor;
  if (role === 'student') return tiesTo(tx, actor, { today, children: [person] });
  const values = [actor.municipality.id, person, today];
  const children = await tx.query<{ id: Id }>({ name: 'family-children', text: childrenOf, values });
  return tiesTo(tx, actor, { today, children: children.map(({ id }) => id) });
}

/** The tie to one child, `me` for the learner; refuses with the same words for a stranger and for nobody. */
export async function familyTie(
  tx: Tx,
  actor: TiedActor,
  { child, today }: { child: string; today: Day },
): Promise<FamilyTie> {
  const wanted = child === 'me' ? actor.person : child;
  const [tie] = await tiesTo(tx, actor, { today, children: [wanted] });
  return tie ?? refuse('not-found', 'There is no such child among yours.');
}

async function tiesTo(
  tx: Tx,
  actor: TiedActor,
  { today, children }: { today: Day; children: Id[] },
): Promise<FamilyTie[]> {
  if (actor.role !== 'guardian' && actor.role !== 'student')
    refuse('not-allowed', 'These pages are for guardians and learners.');
  const values = [actor.municipality.id, actor.person, today, actor.role, children];
  const found = await tx.query<FamilyTie & { birthDate: Day | null }>({ name: 'family-ties', text: ties, values });
  return found.map((tie) => ({ ...tie, birthDate: tie.birthDate ?? undefined }));
}

/** Whether the learner is grown up on that day; unknown counts as not. */
export function isGrownUp(birthDate: Day | undefined, today: Day): boolean {
  return birthDate !== undefined && dayOfAge(birthDate, adultAge) <= today;
}
