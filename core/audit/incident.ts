import type { Tx } from '../db/index.ts';
import { elementText } from '../consent/index.ts';
import type { Id, Texts } from '../kernel/index.ts';
import { elementsIn } from './element-bits.ts';

export interface IncidentQuestion {
  plugin: string;
  /** From this instant, up to and without `to`. */
  from: Date;
  to: Date;
  /** Persons after this one, as the last answer gave it. */
  after?: Id;
  limit: number;
}

export interface Incident {
  totals: { events: number; refused: number; persons: number; rows: number };
  persons: {
    id: Id;
    name: string | null;
    reads: number;
    first: string;
    last: string;
    fields: { element: string; text: Texts }[];
  }[];
  next: string | null;
}

interface Totals {
  events: number;
  refused: number;
  persons: number;
  rows: number;
}

interface PersonRow {
  id: Id;
  name: string | null;
  reads: number;
  first: Date;
  last: Date;
  shown: { mask: number; elements: string[] }[];
}

const inTime = 'e.municipality_id = $1 and e.plugin = $2 and e.at >= $3 and e.at < $4';

const totals = `select
    (select count(*) from audit_event e where ${inTime}) as events,
    (select count(*) from audit_event e where ${inTime} and e.decision = 'deny') as refused,
    count(distinct s.person) as persons, count(*) as rows
  from audit_event e cross join lateral unnest(e.subjects) s (person) where ${inTime}`;

/** Storage elements have no bit of their own: masks are kept apart by the list of elements that they number. */
const persons = `with shown as (
    select s.person, e.elements, bit_or(s.mask) as mask, count(*) as reads, min(e.at) as first, max(e.at) as last
    from audit_event e cross join lateral unnest(e.subjects, e.masks) s (person, mask)
    where ${inTime} and ($5::uuid is null or s.person > $5::uuid)
    group by s.person, e.elements)
  select s.person as id, max(coalesce(p.preferred_name, p.given_name) || ' ' || p.family_name) as name, sum(s.reads)::bigint as reads,
    min(s.first) as first, max(s.last) as last, jsonb_agg(jsonb_build_object('mask', s.mask, 'elements', s.elements)) as shown
  from shown s left join person p on p.municipality_id = $1 and p.id = s.person
  group by s.person order by s.person limit $6`;

/** What a plugin was given in a time: whose, which fields. Served by the index over (municipality, plugin, time). */
export async function incidentOf(tx: Tx, municipality: Id, question: IncidentQuestion): Promise<Incident> {
  const { plugin, from, to, after, limit } = question;
  const within = [municipality, plugin, from, to];
  const [[counted], rows] = await Promise.all([
    tx.query<Totals>({ name: 'incident-totals', text: totals, values: within }),
    tx.query<PersonRow>({ name: 'incident-persons', text: persons, values: [...within, after, limit + 1] }),
  ]);
  const page = rows.slice(0, limit);
  return {
    totals: counted!,
    persons: page.map(({ first, last, shown, ...row }) => ({
      ...row,
      first: first.toISOString(),
      last: last.toISOString(),
      fields: [...new Set(shown.flatMap(({ mask, elements }) => elementsIn(mask, elements)))]
        .sort()
        .map((element) => ({ element, text: elementText(element) })),
    })),
    next: rows.length > limit ? page.at(-1)!.id : null,
  };
}
