import { platformActor } from './platform-actor.ts';
import type { RoleName } from '../identity/index.ts';
import { isPlaceKnown, live } from './overlay-sql.ts';

/**
 * Who has a relation to learners. Everybody else has none, hence sees nobody. `platform` is nobody in person: a job of a
 * plugin for which no one waits, related to the learners of the school as far as the agreement allows it in the background.
 */
export type RelatedRole = Extract<RoleName, 'teacher' | 'principal' | 'guardian' | 'student' | 'support'> | 'platform';

/** Who acted, as the log has it: nobody when the platform itself did. */
export const actorOfEvent = `nullif($3::uuid, '${platformActor}')`;

export function isRelatedRole(role: RoleName): role is Exclude<RelatedRole, 'platform' | 'support'> {
  return role === 'teacher' || role === 'principal' || role === 'guardian' || role === 'student';
}

const inRole = `exists (select from role x where x.municipality_id = $1 and x.person_id = $3 and x.role = $12
      and x.org_id = $2 and ${live('x')})`;

/** Support staff while the municipality lets them look into this school, read at the moment of each decision. */
const inVisit = `exists (select from support_visit z where z.municipality_id = $1 and z.asked_by = $3 and z.school_id = $2
      and z.answer = 'opened' and z.ends_at > $10::timestamptz and z.closed_at is null)`;

const ofClass = '($9::uuid is null or c.id = $9::uuid)';
/** The grade comes along where the class is the home class. */
const personAndGrade = "s.person_id, max(c.grade) filter (where c.class_type = 'homeroom') as grade";
const openClass = "c.municipality_id = $1 and c.school_id = $2 and c.status = 'active'";

const attending = `s.municipality_id = $1 and s.class_id = c.id and s.school_id = $2 and s.role = 'student' and ${live('s')}`;

/** Learners of the classes in `own`, which staff are related to by the class alone. */
const inOwnClasses = `select ${personAndGrade} from own c join enrollment s on ${attending} group by s.person_id`;

/**
 * Who is related to the actor today, in this school and class: one `person_id` column. The parameters are those of
 * decision-sql.ts. Two links between the same guardian and child (register, court, own) hold only as far as all allow.
 */
export const relations: Record<RelatedRole, string> = {
  teacher: inOwnClasses,

  principal: inOwnClasses,

  platform: inOwnClasses,

  // Whoever is under an order is nobody's concern at the operator.
  support: `select ${personAndGrade} from own c join enrollment s on ${attending}
    where ${isPlaceKnown('support', 's.person_id')} group by s.person_id`,

  guardian: `select ${personAndGrade}
    from (${guardedChildren('can_see')}) g
    join enrollment s on s.municipality_id = $1 and s.person_id = g.person_id and s.role = 'student' and s.school_id = $2 and ${live('s')}
    join class c on c.id = s.class_id and ${openClass} and ${ofClass}
    group by s.person_id`,

  student: `select ${personAndGrade}
    from enrollment s
    join class c on c.id = s.class_id and ${openClass} and ${ofClass}
    where s.municipality_id = $1 and s.person_id = $3 and s.school_id = $2 and s.role = 'student' and ${live('s')}
    group by s.person_id`,
};

/** Children of guardian $3 who are under 18 today; one without a birth date counts as grown up (the narrower reading). */
function guardedChildren(right: 'can_see' | 'can_decide'): string {
  return `select l.child_id as person_id
    from guardianship l
    join person k on k.municipality_id = $1 and k.id = l.child_id
    where l.municipality_id = $1 and l.guardian_id = $3 and ${live('l')} and k.birth_date + interval '18 years' > $4::date
    group by l.child_id having bool_and(l.${right})`;
}

const ownClasses: Record<RelatedRole, string> = {
  teacher: `exists (select from enrollment t where t.municipality_id = $1 and t.person_id = $3 and t.role = 'teacher'
      and t.class_id = c.id and t.school_id = $2 and ${live('t')}) and ${inRole}`,
  principal: inRole,
  // The date is named because a statement must use each of its parameters.
  platform: "$14::text = 'background' and $4::date is not null",
  support: `${inVisit} and $4::date is not null`,
  guardian: `exists (select from (${guardedChildren('can_see')}) g
      join enrollment s on ${attending} and s.person_id = g.person_id
      join person p on p.municipality_id = $1 and p.id = g.person_id and p.status = 'active'
      where ${isPlaceKnown('guardian', 'g.person_id')})`,
  student: `exists (select from enrollment s where ${attending} and s.person_id = $3)`,
};

/**
 * The actor's own classes, or the one that is asked for, found once per statement: the gate and the relation of staff both
 * rest on them. Families have none when no class is asked for, since their relation does not go through it.
 */
export const own: Record<RelatedRole, string> = {
  teacher: `select c.id, c.class_type, c.grade
    from enrollment t
    join class c on c.id = t.class_id and ${openClass} and ${ofClass}
    where t.municipality_id = $1 and t.person_id = $3 and t.role = 'teacher' and t.school_id = $2 and ${live('t')} and ${inRole}
      and ($9::uuid is null or t.class_id = $9::uuid)
    group by c.id, c.class_type, c.grade`,
  principal: `select c.id, c.class_type, c.grade from class c where ${openClass} and ${ofClass} and ${inRole}`,
  platform: `select c.id, c.class_type, c.grade from class c where ${openClass} and ${ofClass} and $14::text = 'background'`,
  support: `select c.id, c.class_type, c.grade from class c where ${openClass} and ${ofClass} and ${inVisit}`,
  guardian: `select c.id, c.class_type, c.grade from class c where ${openClass} and c.id = $9::uuid and ${ownClasses.guardian}`,
  student: `select c.id, c.class_type, c.grade from class c where ${openClass} and c.id = $9::uuid and ${ownClasses.student}`,
};

/** Whether class `c` is one of the actor's own. For a guardian only if the place of the child in it may be known. */
export function isOwnClass(role: RelatedRole): string {
  return ownClasses[role];
}
