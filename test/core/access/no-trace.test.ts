import test from 'ava';
import fc from 'fast-check';
import { createAccess, type Question, type World } from '../../../core/access/index.ts';
import type { Tx } from '../../../core/db/index.ts';
import type { Actor } from '../../../core/identity/index.ts';
import { fixedClock, Refusal } from '../../../core/kernel/index.ts';
import { testDatabase } from '../../support/database.ts';
import { inDiscarded, within } from './discarded.ts';
import { addMunicipality, municipality, plantWorld } from './plant-world.ts';
import { anyQuestion, anyWorld, classes, elements, persons, purposes, today } from './random-world.ts';
import { consistent } from './consistent-world.ts';

const worlds = Number(process.env['DIGIONE_WORLDS'] ?? 25);
const clock = fixedClock('2026-11-24T10:00:00Z', today);
const manifest = { scopes: purposes.map((purpose) => ({ purpose, elements })) } as never;

test('a hidden learner leaves no trace: the answers are those of a world without the learner, byte for byte', async (t) => {
  await using platform = await testDatabase();
  await addMunicipality(platform.database);
  const learner = fc.constantFrom(...persons.slice(3));
  await fc.assert(
    fc.asyncProperty(
      anyWorld,
      learner,
      fc.array(anyQuestion, { minLength: 3, maxLength: 3 }),
      async (drawn, hidden, questions) => {
        const world = consistent(drawn);
        const asked = questions.filter(({ actor }) => actor !== hidden);
        const answersIn = (planted: World) =>
          inDiscarded(platform.database, async (tx) => {
            await plantWorld(tx, municipality, planted);
            const answers = [];
            for (const question of asked) answers.push(await everyAnswer(tx, question));
            return JSON.stringify(answers);
          });
        t.is(await answersIn(restrict(world, hidden)), await answersIn(withoutLearner(world, hidden)));
      },
    ),
    { numRuns: worlds },
  );
});

/** The learner is there, and a restriction hides the learner from everybody. */
function restrict(world: World, person: string): World {
  return {
    ...world,
    protections: [...world.protections, { person, kind: 'restriction', span: { from: '2026-01-01' } }],
  };
}

/** Nobody has heard of the learner; the row stays only because other rows may point at it. */
function withoutLearner(world: World, hidden: string): World {
  const others = <R extends { person: string }>(rows: R[]): R[] => rows.filter(({ person }) => person !== hidden);
  return {
    ...world,
    persons: world.persons.map((row) => (row.id === hidden ? { ...row, active: false } : row)),
    enrollments: others(world.enrollments),
    protections: others(world.protections),
    permits: others(world.permits),
    consents: others(world.consents),
    guardianships: world.guardianships.filter(({ child }) => child !== hidden),
  };
}

/** Lists, pages of one and of two, one class, storage, and what errors say. */
async function everyAnswer(tx: Tx, question: Question): Promise<unknown[]> {
  const access = createAccess({ database: within(tx), clock, secret: Buffer.alloc(32, 7) });
  const { role, actor, school, purpose } = question;
  const plugin = question.plugin ?? 'demo-vendor/one';
  const asked = {
    grant: { municipality, plugin, version: '1.0.0', school, manifest },
    actor: { person: actor, role, municipality: { id: municipality } } as Actor,
    purpose,
    elements: question.elements,
  };
  const answer = async (work: () => Promise<unknown>): Promise<unknown> => {
    try {
      return await work();
    } catch (error) {
      if (error instanceof Refusal) return [error.code, error.message, error.extra];
      throw error;
    }
  };
  const pages = async (limit: number): Promise<unknown[]> => {
    const found: unknown[] = [];
    let cursor: string | undefined;
    do {
      const page = await access.students({ ...asked, limit, ...(cursor && { cursor }) });
      found.push(page);
      cursor = page.next;
    } while (cursor);
    return found;
  };
  const storage = { ...asked, elements: ['storage.notes'], action: 'storage.read' as const };
  return [
    await answer(() => pages(1)),
    await answer(() => pages(2)),
    await answer(() => access.students({ ...asked, class: access.pseudonym(municipality, plugin, classes[0]!) })),
    await answer(() => access.classes({ ...asked, elements: ['students.givenName'] })),
    await answer(async () => [...(await access.visibleSubjects(tx, { ...storage, subjects: persons }))].sort()),
  ];
}
