import type { Tx } from '../../db/index.ts';
import { newId, refuse, type Id } from '../../kernel/index.ts';

/** An absence over several lessons, registered by a guardian or the school (SS12000:2020 `absence`). */
export interface NewAbsence {
  student: Id;
  school: Id;
  startAt: Date;
  endAt: Date;
  reason: string | null;
  registeredBy: Id;
  at: Date;
}

/** Registers only: whether it is authorised is for the school to say, whoever asked for it. */
export async function registerAbsence(tx: Tx, municipality: Id, absence: NewAbsence): Promise<Id> {
  const { student, school, startAt, endAt, reason, registeredBy, at } = absence;
  if (endAt <= startAt) refuse('invalid', 'An absence ends after it begins.');
  const id = newId();
  const written = await tx.query({
    text: `insert into absence (municipality_id, id, student_id, school_id, start_at, end_at, reason, registered_by, registered_at)
      select $1, $2, $3, $4, $5, $6, $7, $8, $9 where exists (select from enrollment e where e.municipality_id = $1
        and e.person_id = $3 and e.school_id = $4 and e.role = 'student'
        and e.valid_from <= ($5::timestamptz at time zone 'Europe/Helsinki')::date
        and (e.valid_to is null or e.valid_to > ($5::timestamptz at time zone 'Europe/Helsinki')::date)) returning id`,
    values: [municipality, id, student, school, startAt, endAt, reason, registeredBy, at],
  });
  if (written.length === 0) refuse('not-found', 'The learner does not attend this school then.');
  return id;
}

/** The school's word about a registered absence; said once. */
export async function decideAbsence(
  tx: Tx,
  municipality: Id,
  { absence, decision, by }: { absence: Id; decision: 'granted' | 'refused'; by: Id },
): Promise<void> {
  const decided = await tx.query({
    text: `update absence set status = $3, granted_by = $4 where municipality_id = $1 and id = $2 and status = 'registered' returning id`,
    values: [municipality, absence, decision, by],
  });
  if (decided.length === 0) refuse('not-found', 'This absence does not wait for a decision.');
}

export interface Absence {
  id: Id;
  student: Id;
  school: Id;
  startAt: Date;
  endAt: Date;
  reason: string | null;
  status: 'registered' | 'granted' | 'refused' | 'withdrawn';
  registeredBy: Id;
  registeredAt: Date;
}

const columns = `b.id, b.student_id as student, b.school_id as school, b.start_at as "startAt", b.end_at as "endAt", b.reason,
  b.status, b.registered_by as "registeredBy", b.registered_at as "registeredAt"`;

/** Registered absences of these learners that touch the time between the two moments, the latest first. */
export function absencesOf(
  tx: Tx,
  municipality: Id,
  { students, from, to }: { students: readonly Id[]; from: Date; to: Date },
): Promise<Absence[]> {
  return tx.query({
    name: 'absences-of-students',
    text: `select ${columns} from absence b where b.municipality_id = $1 and b.student_id = any($2::uuid[])
      and b.end_at > $3 and b.start_at < $4 order by b.start_at desc, b.id limit 2000`,
    values: [municipality, students, from, to],
  });
}

/** Absences of the school that wait for its word, the earliest first. */
export function absencesToDecide(tx: Tx, municipality: Id, school: Id): Promise<Absence[]> {
  return tx.query({
    name: 'absences-to-decide',
    text: `select ${columns} from absence b where b.municipality_id = $1 and b.school_id = $2 and b.status = 'registered'
      order by b.start_at, b.id limit 500`,
    values: [municipality, school],
  });
}

export async function findAbsence(tx: Tx, municipality: Id, id: Id): Promise<Absence | undefined> {
  const text = `select ${columns} from absence b where b.municipality_id = $1 and b.id = $2`;
  const [found] = await tx.query<Absence>({ name: 'absence-one', text, values: [municipality, id] });
  return found;
}
