import type { Database, Tx } from '../db/index.ts';
import type { Id } from '../kernel/index.ts';

/** A visit of support staff in a municipality, open at the moment of asking. */
export interface OpenVisit {
  id: Id;
  municipality: Id;
  school: { id: Id; name: string };
  endsAt: Date;
}

/** Where a person of the operator has asked to look, newest first in each municipality. */
export async function visitsOf(database: Database, person: Id): Promise<{ municipality: Id; id: Id }[]> {
  const text = 'select municipality_id as municipality, id from support_visits_of($1)';
  return database.global((tx) => tx.query({ name: 'support-visits-of', text, values: [person] }));
}

/** Those that are open now. Asked on each request of support staff, so that an end is an end at once on every node. */
export async function openVisits(database: Database, person: Id, now: Date): Promise<OpenVisit[]> {
  const places = new Set((await visitsOf(database, person)).map(({ municipality }) => municipality));
  const found: OpenVisit[] = [];
  for (const municipality of places)
    found.push(...(await database.inTenant(municipality, (tx) => openIn(tx, { municipality, person, now }), readOnly)));
  return found;
}

const readOnly = { readOnly: true };

async function openIn(
  tx: Tx,
  { municipality, person, now }: { municipality: Id; person: Id; now: Date },
): Promise<OpenVisit[]> {
  const rows = await tx.query<{ id: Id; school: Id; name: string; endsAt: Date }>({
    name: 'support-visits-open',
    text: `select v.id, v.school_id as school, o.name, v.ends_at as "endsAt" from support_visit v
      join org o on o.municipality_id = $1 and o.id = v.school_id
      where v.municipality_id = $1 and v.asked_by = $2 and v.answer = 'opened' and v.ends_at > $3 and v.closed_at is null
      order by v.ends_at, v.id`,
    values: [municipality, person, now],
  });
  return rows.map(({ id, school, name, endsAt }) => ({ id, municipality, school: { id: school, name }, endsAt }));
}
