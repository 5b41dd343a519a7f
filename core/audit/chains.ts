import type { Tx } from '../db/index.ts';
import type { Id } from '../kernel/index.ts';
import {
  type Audience,
  audiences,
  audiencesOf,
  type ChainPlace,
  firstLink,
  type LoggedEvent,
  nextLink,
  subLeaf,
} from './leaves.ts';

const hashBytes = 32;

interface FiledSubject {
  person: Id;
  position: number;
  leaf: number;
  place: number;
  subLeaf: Buffer;
  places: ReadonlyMap<Audience, ChainPlace>;
}

export interface ChainRun {
  municipality: Id;
  firstLeaf: number;
  events: readonly LoggedEvent[];
  newSalt(): Buffer;
}

/** Files each event under its subjects, goes on with their chains, and returns the sub-leaves of each event in order. */
export async function chainSubjects(tx: Tx, run: ChainRun): Promise<Buffer[][]> {
  const persons = [...new Set(run.events.flatMap(({ subjects }) => subjects))].sort();
  if (persons.length === 0) return run.events.map(() => []);
  const [salts, ends] = await Promise.all([saltsOf(tx, run, persons), chainEnds(tx, run.municipality, persons)]);
  const filed: FiledSubject[] = [];
  const subLeaves = run.events.map((event, index) =>
    event.subjects.map((person, place) => {
      const end = ends.get(person)!;
      const places = new Map(audiencesOf(event).map((audience) => [audience, nextPlace(end.get(audience))]));
      const about = { position: event.position, person, mask: event.masks[place]! };
      const leaf = subLeaf(about, salts.get(person)!, places);
      goOn(end, places, leaf);
      filed.push({ person, position: event.position, leaf: run.firstLeaf + index, place, subLeaf: leaf, places });
      return leaf;
    }),
  );
  await Promise.all([writeSubjects(tx, run.municipality, filed), writeEnds(tx, run.municipality, ends)]);
  return subLeaves;
}

/** Ends of a person's chains: the number of the last event and its link. */
type Ends = Map<Id, Map<Audience, ChainPlace>>;

function nextPlace(end: ChainPlace | undefined): ChainPlace {
  return end ? { n: end.n + 1, previous: end.previous } : { n: 1, previous: firstLink };
}

/** Chains that stood at the same link go on to the same one: it is hashed once. */
function goOn(end: Map<Audience, ChainPlace>, places: ReadonlyMap<Audience, ChainPlace>, leaf: Buffer): void {
  let from: Buffer | undefined;
  let link: Buffer = firstLink;
  for (const [audience, { n, previous }] of places) {
    if (previous !== from) link = nextLink(previous, leaf);
    from = previous;
    end.set(audience, { n, previous: link });
  }
}

/** A person whose key was destroyed gets one for this run that is kept nowhere. */
async function saltsOf(tx: Tx, { municipality, newSalt }: ChainRun, persons: Id[]): Promise<Map<Id, Buffer>> {
  await tx.query({
    name: 'audit-salts-new',
    text: `insert into audit_subject_key (municipality_id, person_id, salt)
      select $1, p.id, p.salt from unnest($2::uuid[], $3::bytea[]) as p (id, salt)
      where not exists (select from audit_subject_key k where k.municipality_id = $1 and k.person_id = p.id)`,
    values: [municipality, persons, persons.map(newSalt)],
  });
  const rows = await tx.query<{ person_id: Id; salt: Buffer | null }>({
    name: 'audit-salts',
    text: 'select person_id, salt from audit_subject_key where municipality_id = $1 and person_id = any($2::uuid[])',
    values: [municipality, persons],
  });
  return new Map(rows.map(({ person_id, salt }) => [person_id, salt ?? newSalt()]));
}

async function chainEnds(tx: Tx, municipality: Id, persons: Id[]): Promise<Ends> {
  const rows = await tx.query<{ person_id: Id; audience: Audience; count: number; link: Buffer }>({
    name: 'audit-chains',
    text: `select person_id, audience, count, link from audit_chain
      where municipality_id = $1 and person_id = any($2::uuid[]) order by person_id`,
    values: [municipality, persons],
  });
  const ends: Ends = new Map(persons.map((person) => [person, new Map()]));
  for (const { person_id, audience, count, link } of rows) {
    const end = ends.get(person_id)!;
    const same = [...end.values()].find(({ previous }) => previous.equals(link));
    end.set(audience, { n: count, previous: same?.previous ?? link });
  }
  return ends;
}

/** Hashes travel as one run of bytes and are cut on arrival: an array of them would be spelled out in text. */
async function writeSubjects(tx: Tx, municipality: Id, filed: FiledSubject[]): Promise<void> {
  const links = filed.map(({ places }) => [...places.values()].map(({ previous }) => previous));
  let length = 0;
  const starts = links.map((row) => {
    const start = length;
    length += row.length * hashBytes;
    return start + 1;
  });
  await tx.query({
    name: 'audit-subjects',
    text: `insert into audit_subject (municipality_id, person_id, position, leaf, place, sub_leaf, previous, guardian_n, learner_n, officer_n)
      select $1, f.person, f.position, f.leaf, f.place, substring($6::bytea from ((f.number - 1) * ${hashBytes} + 1)::int for ${hashBytes}),
        substring($7::bytea from f.start for f.links * ${hashBytes}), f.guardian, f.learner, f.officer
      from unnest($2::uuid[], $3::bigint[], $4::bigint[], $5::smallint[], $8::int[], $9::int[], $10::bigint[], $11::bigint[], $12::bigint[])
        with ordinality as f (person, position, leaf, place, start, links, guardian, learner, officer, number)`,
    values: [
      municipality,
      filed.map(({ person }) => person),
      filed.map(({ position }) => position),
      filed.map(({ leaf }) => leaf),
      filed.map(({ place }) => place),
      Buffer.concat(filed.map((one) => one.subLeaf)),
      Buffer.concat(links.flat()),
      starts,
      links.map((row) => row.length),
      ...audiences.map((audience) => filed.map(({ places }) => places.get(audience)?.n ?? null)),
    ],
  });
}

async function writeEnds(tx: Tx, municipality: Id, ends: Ends): Promise<void> {
  const rows = [...ends].flatMap(([person, end]) =>
    [...end].map(([audience, place]) => ({ person, audience, ...place })),
  );
  await tx.query({
    name: 'audit-chains-write',
    text: `insert into audit_chain (municipality_id, person_id, audience, count, link)
      select $1, f.person, f.audience, f.count, substring($5::bytea from ((f.number - 1) * ${hashBytes} + 1)::int for ${hashBytes})
      from unnest($2::uuid[], $3::text[], $4::bigint[]) with ordinality as f (person, audience, count, number)
      on conflict (municipality_id, person_id, audience) do update set count = excluded.count, link = excluded.link`,
    values: [
      municipality,
      rows.map(({ person }) => person),
      rows.map(({ audience }) => audience),
      rows.map(({ n }) => n),
      Buffer.concat(rows.map(({ previous }) => previous)),
    ],
  });
}
