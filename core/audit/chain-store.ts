import { randomBytes } from 'node:crypto';
import type { Tx } from '../db/index.ts';
import type { Id } from '../kernel/index.ts';
import { audiencesIn, type ChainedPerson, type ChainEnds, emptyChains, type FiledPerson, goOn } from './chains.ts';
import { hashBytes } from './leaves.ts';

/** How a person's row tells where the chains stood before it. */
export interface ChainColumns {
  guardian_n: number;
  learner_n: number;
  officer_n: number;
  links: Buffer;
}

export function chainsBefore({ guardian_n, learner_n, officer_n, links }: ChainColumns): ChainEnds {
  const linkAt = (index: number): string => {
    const from = links.length === hashBytes ? 0 : index * hashBytes;
    return links.toString('hex', from, from + hashBytes);
  };
  return {
    guardian: { n: guardian_n, link: linkAt(0) },
    learner: { n: learner_n, link: linkAt(1) },
    officer: { n: officer_n, link: linkAt(2) },
  };
}

interface PersonRow extends ChainColumns {
  person_id: Id;
  salt: Buffer | null;
  places: number[] | null;
  /** Sub-leaves of the person in the newest run that has any, one behind the other. */
  leaves: Buffer | null;
}

/** The persons' keys and where their chains stand. Who has no key yet gets one. */
export async function loadPeople(tx: Tx, municipality: Id, persons: readonly Id[]): Promise<Map<Id, ChainedPerson>> {
  await tx.query({
    name: 'audit-salts-new',
    text: `insert into audit_subject_key (municipality_id, person_id, salt)
      select $1, p.id, substring($3::bytea from (p.number::int - 1) * ${hashBytes} + 1 for ${hashBytes})
      from unnest($2::uuid[]) with ordinality as p (id, number)
      where not exists (select from audit_subject_key k where k.municipality_id = $1 and k.person_id = p.id)
      order by p.id on conflict do nothing`,
    values: [municipality, arrayText(persons), randomBytes(persons.length * hashBytes)],
  });
  const rows = await tx.query<PersonRow>({
    name: 'audit-people',
    text: `select p.id as person_id, k.salt, s.places, s.guardian_n, s.learner_n, s.officer_n, s.links, l.leaves
      from unnest($2::uuid[]) as p (id)
      join audit_subject_key k on k.municipality_id = $1 and k.person_id = p.id
      left join lateral (select * from audit_subject f where f.municipality_id = $1 and f.person_id = p.id
        order by f.first_leaf desc limit 1) s on true
      left join audit_batch b on b.municipality_id = $1 and b.first_leaf = s.first_leaf and b.at = s.at
      left join lateral (select string_agg(substring(b.sub_leaves from s.places[i * 3 + 2] * ${hashBytes} + 1 for ${hashBytes}), ''::bytea order by i) as leaves
        from generate_series(0, cardinality(s.positions) - 1) i) l on true`,
    values: [municipality, arrayText(persons)],
  });
  return new Map(rows.map((row) => [row.person_id, personOf(row)]));
}

/** A person whose key was destroyed gets one for this run that is kept nowhere. */
function personOf(row: PersonRow): ChainedPerson {
  const salt = row.salt ?? randomBytes(hashBytes);
  return { salt, ends: row.places ? endsOf(row as PersonRow & { places: number[] }) : emptyChains };
}

function endsOf(row: ChainColumns & { places: number[]; leaves: Buffer | null }): ChainEnds {
  let ends = chainsBefore(row);
  for (let event = 0; event * 3 < row.places.length; event += 1) {
    const leaf = row.leaves!.toString('latin1', event * hashBytes, (event + 1) * hashBytes);
    ends = goOn(ends, audiencesIn(row.places[event * 3 + 2]!), leaf);
  }
  return ends;
}

/** Ragged lists travel as one each, with where each person's begins. */
export async function writePersons(
  tx: Tx,
  run: { municipality: Id; firstLeaf: number; at: Date; persons: readonly FiledPerson[] },
): Promise<void> {
  const { persons } = run;
  if (persons.length === 0) return;
  let events = 0;
  const starts = persons.map(({ positions }) => {
    const start = events + 1;
    events += positions.length;
    return start;
  });
  const links = persons.map(({ before }) => linksOf(before));
  let bytes = 0;
  const linkStarts = links.map((text) => {
    const start = bytes + 1;
    bytes += text.length / 2;
    return start;
  });
  await tx.query({
    name: 'audit-subjects',
    text: `insert into audit_subject (municipality_id, person_id, first_leaf, at, positions, places, guardian_n, learner_n, officer_n, links)
      select $1, f.person, $2, $3, ($5::bigint[])[f.start:f.start + f.events - 1],
        ($6::int[])[f.start * 3 - 2:(f.start + f.events - 1) * 3], f.guardian, f.learner, f.officer,
        substring($9::bytea from f.links for f.bytes)
      from unnest($4::uuid[], $7::int[], $8::int[], $10::int[], $11::int[], $12::bigint[], $13::bigint[], $14::bigint[])
        as f (person, start, events, links, bytes, guardian, learner, officer)`,
    values: [
      run.municipality,
      run.firstLeaf,
      run.at,
      arrayText(persons.map(({ person }) => person)),
      arrayText(persons.flatMap(({ positions }) => positions)),
      arrayText(persons.flatMap(({ places }) => places)),
      arrayText(starts),
      arrayText(persons.map(({ positions }) => positions.length)),
      Buffer.from(links.join(''), 'hex'),
      arrayText(linkStarts),
      arrayText(links.map((text) => text.length / 2)),
      arrayText(persons.map(({ before }) => before.guardian.n)),
      arrayText(persons.map(({ before }) => before.learner.n)),
      arrayText(persons.map(({ before }) => before.officer.n)),
    ],
  });
}

function linksOf({ guardian, learner, officer }: ChainEnds): string {
  const isOne = guardian.link === learner.link && learner.link === officer.link;
  return isOne ? guardian.link : guardian.link + learner.link + officer.link;
}

/** Numbers and ids need no quotes in PostgreSQL's spelling of arrays; the driver's own looks at each for what does. */
export function arrayText(values: readonly (number | Id)[]): string {
  return `{${values.join()}}`;
}
