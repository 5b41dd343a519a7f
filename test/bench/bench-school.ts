import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { World } from '../../core/access/index.ts';
import { startEmbeddedPostgres } from '../../core/db/index.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';
import { addMunicipality, municipality, plantWorld } from '../core/access/plant-world.ts';
import { grant as smallGrant, people, plugin, school, smallWorld } from '../core/access/small-world.ts';

export const elements = [
  'students.givenName',
  'students.familyName',
  'students.preferredName',
  'students.grade',
  'students.birthDate',
  'students.languages',
  'students.email',
  'students.phone',
  'students.address',
  'students.photo',
];

export const grant = {
  ...smallGrant,
  manifest: { scopes: [{ purpose: 'list', elements: [...elements, 'storage.notes'] }] } as never,
};

export { municipality, people, plugin, school };

/** A durable PostgreSQL with one municipality of so many classes of 25 pupils; the teacher teaches `classes[0]`. */
export async function benchSchool(classCount: number): Promise<AsyncDisposable & { platform: TestDatabase }> {
  const folder = mkdtempSync(join(tmpdir(), 'digione-bench-'));
  const server = await startEmbeddedPostgres({ dataFolder: join(folder, 'postgres'), database: 'bench' });
  process.env['DIGIONE_TEST_POSTGRES'] = server.url;
  const platform = await testDatabase();
  await addMunicipality(platform.database);
  await platform.database.inTenant(municipality, async (tx) => {
    await plantWorld(tx, municipality, benchWorld());
    for (const text of rowsOf(classCount)) await tx.query({ text });
  });
  await platform.asOwner('analyze');
  return {
    platform,
    async [Symbol.asyncDispose]() {
      await platform[Symbol.asyncDispose]();
      await server[Symbol.asyncDispose]();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** The school without pupils. */
export function benchWorld(): World {
  return smallWorld({ enrollments: [], agreed: agreedTerms() });
}

/** Half of the fields rest on public task, half on consent. */
function agreedTerms() {
  const [{ id: agreement } = { id: '' }] = smallWorld().agreements;
  return [...elements, 'storage.notes'].map((element, index) => ({
    agreement,
    purpose: 'list',
    element,
    basis: index % 2 === 0 ? ('public-task' as const) : ('consent' as const),
    background: false,
  }));
}

export const firstClass = 'dddddddd-0000-4000-8000-000000000001';

function rowsOf(classCount: number): string[] {
  const uuid = (letter: string, number: string) =>
    `('${letter.repeat(8)}-0000-4000-8000-' || lpad((${number})::text, 12, '0'))::uuid`;
  const consented = [...elements, 'storage.notes'].map((element) => `'${element}'`).join();
  return [
    `insert into class (municipality_id, id, title, class_type, grade, school_id)
      select '${municipality}', ${uuid('d', 'n')}, n || 'A', 'homeroom', '7', '${school}' from generate_series(1, ${classCount}) n`,
    `insert into person (municipality_id, id, given_name, family_name, preferred_name, birth_date, language, email, phone, address, photo)
      select '${municipality}', ${uuid('e', 'n')}, 'Given' || n, 'Family' || n, 'Pet' || n, '2014-01-01', 'fi', n || '@example.fi',
        '04012345678', 'Street ' || n, 'photo/' || n from generate_series(1, ${classCount * 25}) n`,
    `insert into enrollment (municipality_id, id, class_id, school_id, person_id, role, "primary", valid_from)
      select '${municipality}', ${uuid('f', 'n')}, ${uuid('d', '(n - 1) / 25 + 1')}, '${school}', ${uuid('e', 'n')}, 'student', true, '2026-08-01'
      from generate_series(1, ${classCount * 25}) n`,
    `insert into enrollment (municipality_id, id, class_id, school_id, person_id, role, valid_from)
      select '${municipality}', ${uuid('f', `${classCount * 25} + n`)}, ${uuid('d', 'n')}, '${school}', '${people.teacher}', 'teacher', '2026-08-01'
      from generate_series(1, 4) n`,
    `insert into consent_state (municipality_id, person_id, plugin, purpose, state, valid, elements, consent_major, revision, changed_at)
      select '${municipality}', ${uuid('e', 'n')}, '${plugin}', 'list', 'ConsentGiven', true, array[${consented}], 1, 1, now()
      from generate_series(1, ${classCount * 25}) n`,
  ];
}
