import type { Tx } from '../db/index.ts';
import type { Id } from '../kernel/index.ts';

/** What support staff asked of a municipality, and what became of it. */
export interface Visit {
  id: Id;
  asker: { id: Id; name: string; account: Id };
  reason: string;
  minutes: number;
  askedAt: Date;
  lapsesAt: Date;
  answer: 'opened' | 'refused' | null;
  answeredBy: string | null;
  answeredAt: Date | null;
  school: { id: Id; name: string } | null;
  endsAt: Date | null;
  closedAt: Date | null;
}

export interface NewVisit {
  municipality: Id;
  id: Id;
  asker: { person: Id; account: Id; name: string };
  reason: string;
  minutes: number;
  askedAt: Date;
  lapsesAt: Date;
}

interface Place {
  municipality: Id;
  id: Id;
}

interface Row {
  id: Id;
  asked_by: Id;
  asked_account: Id;
  asker_name: string;
  reason: string;
  minutes: number;
  asked_at: Date;
  lapses_at: Date;
  answer: Visit['answer'];
  answered_name: string | null;
  answered_at: Date | null;
  school_id: Id | null;
  school_name: string | null;
  ends_at: Date | null;
  closed_at: Date | null;
}

const shown = `select z.id, z.asked_by, z.asked_account, z.asker_name, z.reason, z.minutes, z.asked_at, z.lapses_at, z.answer,
    coalesce(b.preferred_name, b.given_name) || ' ' || b.family_name as answered_name, z.answered_at, z.school_id,
    o.name as school_name, z.ends_at, z.closed_at
  from support_visit z
  left join org o on o.municipality_id = $1 and o.id = z.school_id
  left join person b on b.municipality_id = $1 and b.id = z.answered_by
  where z.municipality_id = $1`;

export async function insertVisit(tx: Tx, visit: NewVisit): Promise<void> {
  const { municipality, id, asker, reason, minutes, askedAt, lapsesAt } = visit;
  await tx.query({
    text: `insert into support_visit (municipality_id, id, asked_by, asked_account, asker_name, reason, minutes, asked_at, lapses_at)
           values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    values: [municipality, id, asker.person, asker.account, asker.name, reason, minutes, askedAt, lapsesAt],
  });
}

/** For a change: others who want to change it wait. */
export async function lockVisit(tx: Tx, { municipality, id }: Place): Promise<Visit | undefined> {
  const rows = await tx.query<Row>({ text: `${shown} and z.id = $2 for update of z`, values: [municipality, id] });
  return rows.map(visitOf)[0];
}

/** The newest first; of one asker, or all. */
export async function visitsIn(tx: Tx, municipality: Id, asker?: Id): Promise<Visit[]> {
  const rows = await tx.query<Row>({
    text: `${shown} and ($2::uuid is null or z.asked_by = $2) order by z.asked_at desc, z.id limit 200`,
    values: [municipality, asker ?? null],
  });
  return rows.map(visitOf);
}

/** How many of this asker wait for an answer here. */
export async function waitingOf(tx: Tx, municipality: Id, { asker, now }: { asker: Id; now: Date }): Promise<number> {
  const [row] = await tx.query<{ count: number }>({
    text: `select count(*) as count from support_visit
           where municipality_id = $1 and asked_by = $2 and answer is null and lapses_at > $3`,
    values: [municipality, asker, now],
  });
  return row!.count;
}

export interface VisitAnswer {
  answer: 'opened' | 'refused';
  by: { person: Id; account: Id };
  at: Date;
  school: Id | null;
  endsAt: Date | null;
}

export async function answerVisit(
  tx: Tx,
  { municipality, id }: Place,
  { answer, by, at, school, endsAt }: VisitAnswer,
): Promise<void> {
  await tx.query({
    text: `update support_visit set answer = $3, answered_by = $4, answered_account = $5, answered_at = $6, school_id = $7,
             ends_at = $8 where municipality_id = $1 and id = $2 and answer is null`,
    values: [municipality, id, answer, by.person, by.account, at, school, endsAt],
  });
}

export async function closeVisit(tx: Tx, { municipality, id }: Place, at: Date): Promise<void> {
  await tx.query({
    text: 'update support_visit set closed_at = coalesce(closed_at, $3) where municipality_id = $1 and id = $2',
    values: [municipality, id, at],
  });
}

export async function isSchool(tx: Tx, municipality: Id, school: Id): Promise<boolean> {
  const rows = await tx.query({
    text: `select from org where municipality_id = $1 and id = $2 and type = 'school' and status = 'active'`,
    values: [municipality, school],
  });
  return rows.length === 1;
}

/** A municipality by its code; the coordinating company is nobody's to visit. */
export async function municipalityByCode(tx: Tx, code: string): Promise<Id | undefined> {
  const rows = await tx.query<{ id: Id }>({
    text: `select id from municipality where code = $1 and kind = 'municipality'`,
    values: [code],
  });
  return rows[0]?.id;
}

function visitOf(row: Row): Visit {
  return {
    id: row.id,
    asker: { id: row.asked_by, name: row.asker_name, account: row.asked_account },
    reason: row.reason,
    minutes: row.minutes,
    askedAt: row.asked_at,
    lapsesAt: row.lapses_at,
    answer: row.answer,
    answeredBy: row.answered_name,
    answeredAt: row.answered_at,
    school: row.school_id ? { id: row.school_id, name: row.school_name ?? '' } : null,
    endsAt: row.ends_at,
    closedAt: row.closed_at,
  };
}
