import { elementsIn } from '../../audit/index.ts';
import type { Tx } from '../../db/index.ts';
import type { Id } from '../../kernel/index.ts';
import type { IncidentRow } from './incident-store.ts';

interface Given {
  person: Id;
  mask: number;
  elements: string[];
  reads: number;
  first: Date;
  last: Date;
}

/** Served by the index over (municipality, plugin, time). Storage elements have no bit of their own, hence the lists apart. */
const given = `select s.person, e.elements, bit_or(s.mask) as mask, count(*)::int as reads, min(e.at) as first, max(e.at) as last
  from audit_event e cross join lateral unnest(e.subjects, e.masks) s (person, mask)
  where e.municipality_id = $1 and e.plugin = $2 and e.at >= $3 and e.at < $4 and s.mask <> 0
  group by s.person, e.elements`;

const keep = `insert into incident_person (municipality_id, incident_id, person_id, elements, reads, first_at, last_at)
  select $1, $2, p.person, array(select jsonb_array_elements_text(p.elements)), p.reads, p.first, p.last
  from jsonb_to_recordset($3::jsonb) as p (person uuid, elements jsonb, reads int, first timestamptz, last timestamptz)`;

/** Writes down whom the incident concerns, as the log says now; replaces what was written before. Returns the persons. */
export async function keepConcerned(tx: Tx, municipality: Id, incident: IncidentRow): Promise<Id[]> {
  const { id, plugin, beganAt, endedAt } = incident;
  const rows = await tx.query<Given>({
    name: 'incident-given',
    text: given,
    values: [municipality, plugin, beganAt, endedAt],
  });
  const persons = [...Map.groupBy(rows, ({ person }) => person)].map(([person, of]) => ({
    person,
    elements: [...new Set(of.flatMap(({ mask, elements }) => elementsIn(mask, elements)))].sort(),
    reads: of.reduce((sum, { reads }) => sum + reads, 0),
    first: new Date(Math.min(...of.map(({ first }) => first.getTime()))),
    last: new Date(Math.max(...of.map(({ last }) => last.getTime()))),
  }));
  const text = 'delete from incident_person where municipality_id = $1 and incident_id = $2';
  await tx.query({ name: 'incident-forget', text, values: [municipality, id] });
  await tx.query({ name: 'incident-keep', text: keep, values: [municipality, id, JSON.stringify(persons)] });
  return persons.map(({ person }) => person);
}

export interface Concerned {
  id: Id;
  name: string | null;
  elements: string[];
  reads: number;
  firstAt: Date;
  lastAt: Date;
}

export function concernedBy(
  tx: Tx,
  municipality: Id,
  of: { incident: Id; after: Id | null; limit: number },
): Promise<Concerned[]> {
  return tx.query({
    name: 'incident-concerned',
    text: `select c.person_id as id, coalesce(p.preferred_name, p.given_name) || ' ' || p.family_name as name, c.elements, c.reads,
        c.first_at as "firstAt", c.last_at as "lastAt"
      from incident_person c left join person p on p.municipality_id = $1 and p.id = c.person_id
      where c.municipality_id = $1 and c.incident_id = $2 and ($3::uuid is null or c.person_id > $3::uuid)
      order by c.person_id limit $4`,
    values: [municipality, of.incident, of.after, of.limit],
  });
}
