import test from 'ava';
import fc from 'fast-check';
import { createDecisionIndex, decideSubject, type Question } from '../../../core/access/index.ts';
import { anyQuestion, anyWorld, elements, persons, today } from './random-world.ts';

const worlds = Number(process.env['DIGIONE_WORLDS'] ?? 2000);

test('the index in memory and the reference decision agree on random worlds', (t) => {
  let shown = 0;
  fc.assert(
    fc.property(anyWorld, fc.array(anyQuestion, { minLength: 4, maxLength: 4 }), (world, questions) => {
      const index = createDecisionIndex(world, today);
      for (const drawn of questions) {
        const plugin = drawn.plugin ?? 'demo-vendor/one';
        const { class: _, ...asked } = drawn;
        const question: Question = { ...asked, plugin, elements };
        const lens = index.lens({ ...question, plugin });
        for (const person of persons) {
          const { fields } = decideSubject(world, question, person);
          const isActive = world.persons.some(({ id, active }) => id === person && active);
          const mask = lens.allowed(person);
          for (const element of elements) {
            const allowed = isActive && fields[element]!.allow;
            if (allowed) shown += 1;
            t.is((mask & lens.bit(element)) !== 0, allowed);
          }
        }
      }
    }),
    { numRuns: worlds },
  );
  t.true(shown > worlds / 10);
});
