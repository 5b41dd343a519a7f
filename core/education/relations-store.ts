import type { Tx } from '../db/index.ts';
import type { Id } from '../kernel/index.ts';

export interface Guardianship {
  id: Id;
  guardian: Id;
  child: Id;
  legal: boolean;
  canSee: boolean;
  canDecide: boolean;
  notify: boolean;
  source: 'register' | 'court' | 'manual';
  validFrom: string;
  validTo: string | null;
}

export interface TaughtClass {
  id: Id;
  title: string;
  classType: 'homeroom' | 'scheduled';
  grade: string | null;
  school: Id;
  /** The teacher is responsible for the class. */
  primary: boolean;
}

const guardianshipColumns = `id, guardian_id as guardian, child_id as child, legal, can_see as "canSee",
  can_decide as "canDecide", notify, source, valid_from as "validFrom", valid_to as "validTo"`;

/** Bare links in force on the date, of every source. Whether somebody may see is for `access` to decide. */
export function childrenOf(tx: Tx, municipality: Id, on: { guardian: Id; date: string }): Promise<Guardianship[]> {
  return tx.query({
    name: 'guardianships-of-guardian',
    text: `select ${guardianshipColumns} from guardianship
           where municipality_id = $1 and guardian_id = $2
             and valid_from <= $3::date and (valid_to is null or $3::date < valid_to) order by child_id, source`,
    values: [municipality, on.guardian, on.date],
  });
}

export function guardiansOf(tx: Tx, municipality: Id, on: { child: Id; date: string }): Promise<Guardianship[]> {
  return tx.query({
    name: 'guardianships-of-child',
    text: `select ${guardianshipColumns} from guardianship
           where municipality_id = $1 and child_id = $2
             and valid_from <= $3::date and (valid_to is null or $3::date < valid_to) order by guardian_id, source`,
    values: [municipality, on.child, on.date],
  });
}

/** Classes that the person teaches on the date, homerooms first. */
export function classesOfTeacher(tx: Tx, municipality: Id, on: { teacher: Id; date: string }): Promise<TaughtClass[]> {
  return tx.query({
    name: 'classes-of-teacher',
    text: `select c.id, c.title, c.class_type as "classType", c.grade, c.school_id as school, bool_or(e."primary") as primary
           from enrollment e
           join class c on c.municipality_id = e.municipality_id and c.id = e.class_id and c.status = 'active'
           where e.municipality_id = $1 and e.person_id = $2 and e.role = 'teacher'
             and e.valid_from <= $3::date and (e.valid_to is null or $3::date < e.valid_to)
           group by c.municipality_id, c.id order by c.class_type, c.title`,
    values: [municipality, on.teacher, on.date],
  });
}

/** The school that the learner attends on the day, the one of the home class first. */
export async function schoolOnDay(
  tx: Tx,
  municipality: Id,
  { student, day }: { student: Id; day: string },
): Promise<Id | undefined> {
  const [found] = await tx.query<{ school: Id }>({
    name: 'school-on-day',
    text: `select e.school_id as school from enrollment e
           join class c on c.municipality_id = e.municipality_id and c.id = e.class_id and c.status = 'active'
           where e.municipality_id = $1 and e.person_id = $2 and e.role = 'student'
             and e.valid_from <= $3::date and (e.valid_to is null or $3::date < e.valid_to)
           order by c.class_type, e."primary" desc, e.id limit 1`,
    values: [municipality, student, day],
  });
  return found?.school;
}
