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
  subjectRecord,
  subLeaf,
} from './leaves.ts';

interface FiledSubject {
  person: Id;
  position: number;
  leaf: number;
  place: number;
  subLeaf: Buffer;
  previous: Buffer;
  n: Partial<Record<Audience, number>>;
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
  const salts = await saltsOf(tx, run, persons);
  const ends = await chainEnds(tx, run.municipality, persons);
  const filed: FiledSubject[] = [];
  const subLeaves = run.events.map((event, index) =>
    event.subjects.map((person, place) => {
      const places = new Map(audiencesOf(event).map((audience) => [audience, nextPlace(ends, person, audience)]));
      const about = { position: event.position, person, mask: event.masks[place]! };
      const leaf = subLeaf(subjectRecord(about, salts.get(person)!, places));
      const n: FiledSubject['n'] = {};
      for (const [audience, { n: number, previous }] of places) {
        n[audience] = number;
        ends.set(`${person} ${audience}`, { n: number, previous: nextLink(previous, leaf) });
      }
      const previous = Buffer.concat([...places.values()].map((end) => end.previous));
      filed.push({ person, position: event.position, leaf: run.firstLeaf + index, place, subLeaf: leaf, previous, n });
      return leaf;
    }),
  );
  await writeSubjects(tx, run.municipality, filed);
  await writeEnds(tx, run.municipality, ends);
  return subLeaves;
}

/** Ends of chains by `person audience`: the number of the last event and its link. */
type Ends = Map<string, ChainPlace>;

function nextPlace(ends: Ends, person: Id, audience: Audience): ChainPlace {
  const end = ends.get(`${person} ${audience}`);
  return end ? { n: end.n + 1, previous: end.previous } : { n: 1, previous: firstLink };
}

async function saltsOf(tx: Tx, { municipality, newSalt }: ChainRun, persons: Id[]): Promise<Map<Id, Buffer>> {
  await tx.query({
    name: 'audit-salts-new',
    text: `insert into audit_subject_key (municipality_id, person_id, salt)
      select $1, p.id, p.salt from unnest($2::uuid[], $3::bytea[]) as p (id, salt)
      where not exists (select from audit_subject_key k where k.municipality_id = $1 and k.person_id = p.id)`,
    values: [municipality, persons, persons.map(newSalt)],
  });
  const rows = await tx.query<{ person_id: Id; salt: Buffer }>({
    name: 'audit-salts',
    text: 'select person_id, salt from audit_subject_key where municipality_id = $1 and person_id = any($2::uuid[])',
    values: [municipality, persons],
  });
  return new Map(rows.map(({ person_id, salt }) => [person_id, salt]));
}

async function chainEnds(tx: Tx, municipality: Id, persons: Id[]): Promise<Ends> {
  const rows = await tx.query<{ person_id: Id; audience: Audience; count: number; link: Buffer }>({
    name: 'audit-chains',
    text: 'select person_id, audience, count, link from audit_chain where municipality_id = $1 and person_id = any($2::uuid[])',
    values: [municipality, persons],
  });
  return new Map(
    rows.map(({ person_id, audience, count, link }) => [`${person_id} ${audience}`, { n: count, previous: link }]),
  );
}

async function writeSubjects(tx: Tx, municipality: Id, filed: FiledSubject[]): Promise<void> {
  const numbers = audiences.map((audience) => filed.map(({ n }) => n[audience] ?? null));
  await tx.query({
    name: 'audit-subjects',
    text: `insert into audit_subject (municipality_id, person_id, position, leaf, place, sub_leaf, previous, guardian_n, learner_n, officer_n)
      select $1, * from unnest($2::uuid[], $3::bigint[], $4::bigint[], $5::smallint[], $6::bytea[], $7::bytea[],
        $8::bigint[], $9::bigint[], $10::bigint[])`,
    values: [
      municipality,
      filed.map(({ person }) => person),
      filed.map(({ position }) => position),
      filed.map(({ leaf }) => leaf),
      filed.map(({ place }) => place),
      filed.map((one) => one.subLeaf),
      filed.map(({ previous }) => previous),
      ...numbers,
    ],
  });
}

async function writeEnds(tx: Tx, municipality: Id, ends: Ends): Promise<void> {
  const rows = [...ends].map(([key, end]) => ({ person: key.slice(0, 36), audience: key.slice(37), ...end }));
  await tx.query({
    name: 'audit-chains-write',
    text: `insert into audit_chain (municipality_id, person_id, audience, count, link)
      select $1, * from unnest($2::uuid[], $3::text[], $4::bigint[], $5::bytea[])
      on conflict (municipality_id, person_id, audience) do update set count = excluded.count, link = excluded.link`,
    values: [
      municipality,
      rows.map(({ person }) => person),
      rows.map(({ audience }) => audience),
      rows.map(({ n }) => n),
      rows.map(({ previous }) => previous),
    ],
  });
}
