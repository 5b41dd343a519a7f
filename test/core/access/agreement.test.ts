import test from 'ava';
import fc from 'fast-check';
import { createAccess, decide, type Question, type World } from '../../../core/access/index.ts';
import { bitsOf } from '../../../core/audit/index.ts';
import type { Tx } from '../../../core/db/index.ts';
import type { Actor } from '../../../core/identity/index.ts';
import { fixedClock, Refusal } from '../../../core/kernel/index.ts';
import { testDatabase } from '../../support/database.ts';
import { consistent } from './consistent-world.ts';
import { inDiscarded, within } from './discarded.ts';
import { addMunicipality, municipality, plantWorld } from './plant-world.ts';
import { anyQuestion, anyWorld, elements, purposes, today } from './random-world.ts';

/** `DIGIONE_WORLDS=100000 npm test -- test/core/access/agreement.test.ts` for the long run. */
const worlds = Number(process.env['DIGIONE_WORLDS'] ?? 150);
const clock = fixedClock('2026-11-24T10:00:00Z', today);
const manifest = { scopes: purposes.map((purpose) => ({ purpose, elements })) } as never;

test('the statement of the hot path and the reference decision agree on random worlds', async (t) => {
  await using platform = await testDatabase();
  await addMunicipality(platform.database);
  await fc.assert(
    fc.asyncProperty(anyWorld, fc.array(anyQuestion, { minLength: 6, maxLength: 6 }), async (drawn, questions) => {
      const world = consistent(drawn);
      const answers = await inDiscarded(platform.database, async (tx) => {
        await plantWorld(tx, municipality, world);
        const found = [];
        for (const question of questions) found.push(await ask(tx, question));
        return found;
      });
      for (const [index, question] of questions.entries()) t.deepEqual(answers[index], expected(world, question));
    }),
    { numRuns: worlds, endOnFailure: false },
  );
  t.pass();
});

interface Answer {
  verdict: string | undefined;
  masks: Record<string, number>;
}

function expected(world: World, question: Question): Answer {
  const { verdict, subjects } = decide(world, question);
  const bits = bitsOf(question.elements);
  const shown = subjects.filter(({ visible }) => visible);
  const maskOf = (fields: (typeof shown)[number]['fields']) =>
    question.elements.reduce((mask, element, index) => (fields[element]?.allow ? mask | bits[index]! : mask), 0);
  return { verdict, masks: Object.fromEntries(shown.map(({ person, fields }) => [person, maskOf(fields)])) };
}

/** Asks the real door inside the open transaction and reads from the log what was given out. */
async function ask(tx: Tx, question: Question): Promise<Answer> {
  const access = createAccess({ database: within(tx), clock, secret: Buffer.alloc(32, 7) });
  const { role, actor, school, plugin, purpose, lease } = question;
  const grant = plugin
    ? { municipality, plugin, version: '1.0.0', school, manifest }
    : ({ kind: 'portal', municipality, purpose: 'class-list' } as const);
  const asked = {
    grant,
    actor: { person: actor, role, municipality: { id: municipality } } as Actor,
    purpose,
    school,
    elements: question.elements,
    ...(lease && { lease }),
  };
  const ofClass = question.class && plugin ? access.pseudonym(municipality, plugin, question.class) : question.class;
  try {
    await access.students({ ...asked, ...(ofClass && { class: ofClass }) });
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    // What the agreement does not open to jobs is refused in the words of any other refusal.
    const isJob = error.code === 'not-allowed' && question.role === 'platform';
    return { verdict: isJob ? 'background-not-agreed' : error.code, masks: {} };
  }
  const [event] = await tx.query<{ subjects: string[]; masks: number[] }>({
    text: 'select subjects, masks from audit_event order by position desc limit 1',
  });
  return {
    verdict: undefined,
    masks: Object.fromEntries(event!.subjects.map((id, index) => [id, event!.masks[index]!])),
  };
}
