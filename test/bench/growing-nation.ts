import pg from 'pg';
import { createAccess, type Access } from '../../core/access/index.ts';
import { fixedClock, type Id } from '../../core/kernel/index.ts';
import { plantWorld } from '../core/access/plant-world.ts';
import { actorOf } from '../core/access/small-world.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';
import { benchWorld, elements, grant, people, plugin, school } from './bench-school.ts';

export const pupilsOfMunicipality = 2_000;
const classesOfMunicipality = pupilsOfMunicipality / 25;
/** Classes that the teacher teaches, and that are read. */
const taught = 40;

export interface Nation extends AsyncDisposable {
  pupils: number;
  /** Milliseconds of one class list, the classes and municipalities in turn. */
  read(turn: number): Promise<number>;
}

const uuid = (letter: string, number: string) =>
  `('${letter.repeat(8)}-0000-4000-8000-' || lpad((${number})::text, 12, '0'))::uuid`;

/** A nation of so many municipalities with 2 000 pupils each, every one of them with a class, a membership and a consent. */
export async function growingNation(municipalities: number): Promise<Nation> {
  const platform = await testDatabase();
  const ids = Array.from({ length: municipalities }, (_, index) => idOf(index));
  await fill(platform, ids);
  const read = [0, Math.floor(municipalities / 2), municipalities - 1].map((index) => ids[index]!);
  for (const id of read) {
    const world = benchWorld();
    await platform.database.inTenant(id, async (tx) => {
      await plantWorld(tx, id, world);
      await tx.query({
        text: `insert into enrollment (municipality_id, id, class_id, school_id, person_id, role, valid_from)
          select '${id}', ${uuid('8', 'n')}, ${uuid('d', 'n')}, '${school}', '${people.teacher}', 'teacher', '2026-08-01'
          from generate_series(1, ${taught}) n`,
      });
    });
  }
  await platform.asOwner('analyze');
  const clock = fixedClock('2026-11-24T10:00:00Z');
  const access = createAccess({ database: platform.database, clock, secret: Buffer.alloc(32, 1) });
  return {
    pupils: municipalities * pupilsOfMunicipality,
    read: (turn) => readClass(access, read[turn % read.length]!, 1 + (Math.floor(turn / read.length) % taught)),
    [Symbol.asyncDispose]: () => platform[Symbol.asyncDispose](),
  };
}

function idOf(index: number): Id {
  return `${String(index).padStart(8, '0')}-4444-4000-8000-000000000000`;
}

async function readClass(access: Access, municipality: Id, number: number): Promise<number> {
  const actor = actorOf('teacher', 'teacher');
  const classId = `dddddddd-0000-4000-8000-${String(number).padStart(12, '0')}`;
  const start = performance.now();
  const { rows } = await access.students({
    grant: { ...grant, municipality },
    actor: { ...actor, municipality: { ...actor.municipality, id: municipality } },
    purpose: 'list',
    elements,
    class: access.pseudonym(municipality, plugin, classId),
  });
  if (rows.length !== 25) throw new Error(`A class has 25 pupils, ${rows.length} came.`);
  return performance.now() - start;
}

/** As the administrator and without looking at references, which are right by construction. */
async function fill({ url }: TestDatabase, ids: readonly Id[]): Promise<void> {
  const client = new pg.Client({ connectionString: url, options: '-c search_path=core' });
  await client.connect();
  try {
    await client.query(`set session_replication_role = replica; set synchronous_commit = off`);
    await client.query(
      `insert into municipality (id, code, oid, name_fi, name_sv, name_en)
       select id, lpad((n - 1)::text, 3, '0'), '1.2.' || n, 'x', 'x', 'x' from unnest($1::uuid[]) with ordinality m(id, n)`,
      [ids],
    );
    for (const text of rowsOf(`(select id as m from municipality) m`)) await client.query(text);
    await client.query('vacuum analyze');
  } finally {
    await client.end();
  }
}

function rowsOf(everywhere: string): string[] {
  const consented = [...elements, 'storage.notes'].map((element) => `'${element}'`).join();
  const pupils = `${everywhere} cross join generate_series(1, ${pupilsOfMunicipality}) n`;
  return [
    `insert into class (municipality_id, id, title, class_type, grade, school_id)
      select m, ${uuid('d', 'n')}, n || 'A', 'homeroom', '7', '${school}'
      from ${everywhere} cross join generate_series(1, ${classesOfMunicipality}) n`,
    `insert into person (municipality_id, id, given_name, family_name, preferred_name, birth_date, language, email, phone, address, photo)
      select m, ${uuid('e', 'n')}, 'Given' || n, 'Family' || n, 'Pet' || n, '2014-01-01', 'fi', n || '@example.fi',
        '04012345678', 'Street ' || n, 'photo/' || n from ${pupils}`,
    `insert into enrollment (municipality_id, id, class_id, school_id, person_id, role, "primary", valid_from)
      select m, ${uuid('f', 'n')}, ${uuid('d', '(n - 1) / 25 + 1')}, '${school}', ${uuid('e', 'n')}, 'student', true, '2026-08-01'
      from ${pupils}`,
    `insert into consent_state (municipality_id, person_id, plugin, purpose, state, valid, elements, consent_major, revision, changed_at)
      select m, ${uuid('e', 'n')}, '${plugin}', 'list', 'ConsentGiven', true, array[${consented}], 1, 1, now() from ${pupils}`,
  ];
}
