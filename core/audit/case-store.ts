import type { Tx } from '../db/index.ts';
import type { Id } from '../kernel/index.ts';

export interface CaseView {
  id: Id;
  child: { id: Id; name: string };
  school: string | null;
  askedRole: string;
  askedAt: string;
  question: string;
  /** The line of the log that is asked about. */
  about: { event: string; at: string; action: string; plugin: string | null; who: string | null } | null;
  answer: { text: string; role: string; at: string } | null;
}

interface AboutChild {
  municipality: Id;
  person: Id;
}

interface Row {
  id: Id;
  person_id: Id;
  child_name: string;
  school_name: string | null;
  asked_role: string;
  asked_at: Date;
  question: string;
  position: number | null;
  event_at: Date | null;
  event_action: string | null;
  event_plugin: string | null;
  event_role: string | null;
  answer: string | null;
  answered_role: string | null;
  answered_at: Date | null;
}

const mostCases = 200;

const shown = `select f.id, f.person_id, coalesce(p.preferred_name, p.given_name) || ' ' || p.family_name as child_name, o.name as school_name,
    f.asked_role, f.asked_at, f.question, f.position, e.at as event_at, e.action as event_action, e.plugin as event_plugin,
    e.actor_role as event_role, f.answer, f.answered_role, f.answered_at
  from family_case f
  join person p on p.municipality_id = $1 and p.id = f.person_id
  left join org o on o.municipality_id = $1 and o.id = f.school_id
  left join audit_event e on e.municipality_id = $1 and e.position = f.position
  where f.municipality_id = $1`;

export async function casesOf(tx: Tx, { municipality, person }: AboutChild, askedBy: Id): Promise<CaseView[]> {
  const rows = await tx.query<Row>({
    name: 'case-of-child',
    text: `${shown} and f.person_id = $2 and f.asked_by = $3 order by f.asked_at desc, f.id limit ${mostCases}`,
    values: [municipality, person, askedBy],
  });
  return rows.map(viewOf);
}

export async function inbox(tx: Tx, municipality: Id, school: Id | null): Promise<CaseView[]> {
  const rows = await tx.query<Row>({
    name: 'case-inbox',
    text: `${shown} and ($2::uuid is null or f.school_id = $2::uuid)
      order by f.answered_at is not null, f.asked_at desc, f.id limit ${mostCases}`,
    values: [municipality, school],
  });
  return rows.map(viewOf);
}

function viewOf(row: Row): CaseView {
  return {
    id: row.id,
    child: { id: row.person_id, name: row.child_name },
    school: row.school_name,
    askedRole: row.asked_role,
    askedAt: row.asked_at.toISOString(),
    question: row.question,
    about:
      row.position === null || !row.event_at
        ? null
        : {
            event: String(row.position),
            at: row.event_at.toISOString(),
            action: row.event_action!,
            plugin: row.event_plugin,
            who: row.event_role,
          },
    answer:
      row.answer === null ? null : { text: row.answer, role: row.answered_role!, at: row.answered_at!.toISOString() },
  };
}

export async function concerns(tx: Tx, { municipality, person }: AboutChild, position: number): Promise<boolean> {
  const rows = await tx.query({
    name: 'case-concerns',
    text: `select from audit_event where municipality_id = $1 and position = $2 and $3 = any(subjects) and action not like 'case.%'`,
    values: [municipality, position, person],
  });
  return rows.length > 0;
}

export async function openCasesOf(tx: Tx, municipality: Id, askedBy: Id): Promise<number> {
  const [row] = await tx.query<{ count: number }>({
    name: 'case-open',
    text: 'select count(*) from family_case where municipality_id = $1 and asked_by = $2 and answered_at is null',
    values: [municipality, askedBy],
  });
  return row!.count;
}

/** To the school where it happened; where the event has none, to the child's own. */
export async function insertCase(
  tx: Tx,
  { municipality, person }: AboutChild,
  asked: { id: Id; position: number | undefined; question: string; by: Id; role: string; at: Date; today: string },
): Promise<void> {
  await tx.query({
    name: 'case-ask',
    text: `insert into family_case (municipality_id, id, school_id, person_id, asked_by, asked_role, position, question, asked_at)
      select $1, $2, coalesce(
        (select school_id from audit_event where municipality_id = $1 and position = $6),
        (select s.school_id from enrollment s where s.municipality_id = $1 and s.person_id = $3 and s.role = 'student'
          and s.valid_from <= $9::date and (s.valid_to is null or s.valid_to > $9::date) order by s."primary" desc, s.id limit 1)),
        $3, $4, $5, $6, $7, $8`,
    values: [
      municipality,
      asked.id,
      person,
      asked.by,
      asked.role,
      asked.position,
      asked.question,
      asked.at,
      asked.today,
    ],
  });
}

/** The child whom the question is about, if it goes to this school. */
export async function askedOf(
  tx: Tx,
  { municipality, id, school }: { municipality: Id; id: Id; school: Id | null },
): Promise<Id | undefined> {
  const [row] = await tx.query<{ person_id: Id }>({
    name: 'case-asked',
    text: 'select person_id from family_case where municipality_id = $1 and id = $2 and ($3::uuid is null or school_id = $3::uuid)',
    values: [municipality, id, school],
  });
  return row?.person_id;
}

export async function answerCase(
  tx: Tx,
  { municipality, id }: { municipality: Id; id: Id },
  by: { person: Id; role: string; at: Date; text: string },
): Promise<boolean> {
  const rows = await tx.query({
    name: 'case-answer',
    text: `update family_case set answer = $3, answered_by = $4, answered_role = $5, answered_at = $6
      where municipality_id = $1 and id = $2 and answered_at is null returning id`,
    values: [municipality, id, by.text, by.person, by.role, by.at],
  });
  return rows.length > 0;
}
