import type { Tx } from '../db/index.ts';
import type { Id } from '../kernel/index.ts';

/** A request to open what an order withholds, and what became of it. */
export interface Opening {
  id: Id;
  learner: { id: Id; name: string };
  school: { id: Id; name: string };
  asker: { id: Id; name: string; account: Id; role: string };
  reason: string;
  askedAt: Date;
  lapsesAt: Date;
  answer: 'opened' | 'refused' | null;
  answeredBy: { name: string; role: string } | null;
  answeredAt: Date | null;
  endsAt: Date | null;
  closedAt: Date | null;
  notedAt: Date | null;
}

export interface NewOpening {
  municipality: Id;
  id: Id;
  learner: Id;
  school: Id;
  asker: { person: Id; account: Id; role: string };
  reason: string;
  askedAt: Date;
  lapsesAt: Date;
}

interface Row {
  id: Id;
  learner_id: Id;
  learner_name: string;
  school_id: Id;
  school_name: string;
  asked_by: Id;
  asker_name: string;
  asked_account: Id;
  asked_role: string;
  reason: string;
  asked_at: Date;
  lapses_at: Date;
  answer: Opening['answer'];
  answered_name: string | null;
  answered_role: string | null;
  answered_at: Date | null;
  ends_at: Date | null;
  closed_at: Date | null;
  noted_at: Date | null;
}

const name = (alias: string) => `coalesce(${alias}.preferred_name, ${alias}.given_name) || ' ' || ${alias}.family_name`;

const shown = `select z.id, z.person_id as learner_id, ${name('p')} as learner_name, z.school_id, o.name as school_name, z.asked_by,
    ${name('a')} as asker_name, z.asked_account, z.asked_role, z.reason, z.asked_at, z.lapses_at, z.answer,
    ${name('b')} as answered_name, z.answered_role, z.answered_at, z.ends_at, z.closed_at, z.noted_at
  from disclosure_opening z
  join person p on p.municipality_id = $1 and p.id = z.person_id
  join person a on a.municipality_id = $1 and a.id = z.asked_by
  join org o on o.municipality_id = $1 and o.id = z.school_id
  left join person b on b.municipality_id = $1 and b.id = z.answered_by
  where z.municipality_id = $1`;

export async function insertOpening(tx: Tx, opening: NewOpening): Promise<void> {
  const { municipality, id, learner, school, asker, reason, askedAt, lapsesAt } = opening;
  await tx.query({
    text: `insert into disclosure_opening
             (municipality_id, id, person_id, school_id, asked_by, asked_account, asked_role, reason, asked_at, lapses_at)
           values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
    values: [municipality, id, learner, school, asker.person, asker.account, asker.role, reason, askedAt, lapsesAt],
  });
}

/** For a change: others who want to change it wait. */
export async function lockOpening(tx: Tx, municipality: Id, id: Id): Promise<Opening | undefined> {
  const rows = await tx.query<Row>({
    text: `${shown} and z.id = $2 for update of z`,
    values: [municipality, id],
  });
  return rows.map(openingOf)[0];
}

/** The newest first; those of one asker, of one school, or all of the municipality. */
export async function openingsOf(
  tx: Tx,
  { municipality, asker, school }: { municipality: Id; asker?: Id; school?: Id },
): Promise<Opening[]> {
  const rows = await tx.query<Row>({
    text: `${shown} and ($2::uuid is null or z.asked_by = $2) and ($3::uuid is null or z.school_id = $3)
           order by z.asked_at desc, z.id limit 200`,
    values: [municipality, asker ?? null, school ?? null],
  });
  return rows.map(openingOf);
}

export interface OpeningAnswer {
  answer: 'opened' | 'refused';
  by: Id;
  role: string;
  at: Date;
  endsAt: Date | null;
}

export async function answerOpening(
  tx: Tx,
  { municipality, id }: { municipality: Id; id: Id },
  { answer, by, role, at, endsAt }: OpeningAnswer,
): Promise<void> {
  await tx.query({
    text: `update disclosure_opening set answer = $3, answered_by = $4, answered_role = $5, answered_at = $6, ends_at = $7
           where municipality_id = $1 and id = $2 and answer is null`,
    values: [municipality, id, answer, by, role, at, endsAt],
  });
}

/** Stamps a moment once. */
export async function stampOpening(
  tx: Tx,
  { municipality, id }: { municipality: Id; id: Id },
  stamp: { column: 'closed_at' | 'noted_at'; at: Date },
): Promise<void> {
  await tx.query({
    text: `update disclosure_opening set ${stamp.column} = coalesce(${stamp.column}, $3) where municipality_id = $1 and id = $2`,
    values: [municipality, id, stamp.at],
  });
}

function openingOf(row: Row): Opening {
  return {
    id: row.id,
    learner: { id: row.learner_id, name: row.learner_name },
    school: { id: row.school_id, name: row.school_name },
    asker: { id: row.asked_by, name: row.asker_name, account: row.asked_account, role: row.asked_role },
    reason: row.reason,
    askedAt: row.asked_at,
    lapsesAt: row.lapses_at,
    answer: row.answer,
    answeredBy: row.answered_name ? { name: row.answered_name, role: row.answered_role! } : null,
    answeredAt: row.answered_at,
    endsAt: row.ends_at,
    closedAt: row.closed_at,
    notedAt: row.noted_at,
  };
}
