import test from 'ava';
import fc from 'fast-check';
import { type Circle, foldWords, isValid, type Said } from '../../../core/consent/consent-state.ts';

const any: Circle = { deciders: 'any', guardians: ['m', 'f'], learnerDecides: false };
const m = (act: Said['act']): Said => ({ by: 'm', role: 'guardian', act });
const f = (act: Said['act']): Said => ({ by: 'f', role: 'guardian', act });
const learner = (act: Said['act']): Said => ({ by: 'l', role: 'learner', act });

test('nobody has said anything', (t) => t.is(foldWords([], any), 'ConsentUnknown'));
test('one guardian is enough where any may decide', (t) => t.is(foldWords([m('give')], any), 'ConsentGiven'));
test('one no beats any yes', (t) => t.is(foldWords([m('give'), f('refuse')], any), 'Disputed'));
test('either guardian may withdraw what the other gave', (t) =>
  t.is(foldWords([m('give'), f('withdraw')], any), 'ConsentWithdrawn'));
test('giving again against a withdrawal of the other is a dispute', (t) =>
  t.is(foldWords([f('withdraw'), m('give')], any), 'Disputed'));
test('where all must agree, one alone has only asked', (t) => {
  const all: Circle = { ...any, deciders: 'all' };
  t.is(foldWords([m('give')], all), 'ConsentRequested');
  t.is(foldWords([m('give'), f('give')], all), 'ConsentGiven');
});
test('guardians do not count where only the learner decides', (t) =>
  t.is(foldWords([m('give')], { ...any, deciders: 'self' }), 'ConsentUnknown'));
test('what guardians gave goes on until a learner of age speaks', (t) => {
  const aged: Circle = { ...any, learnerDecides: true };
  t.is(foldWords([m('give')], aged), 'ConsentGiven');
  t.is(foldWords([m('give'), learner('withdraw')], aged), 'ConsentWithdrawn');
  t.is(foldWords([m('refuse'), learner('give')], aged), 'ConsentGiven');
});

test('no order of words makes a consent valid while one who counts says no', (t) => {
  const word = fc.record({
    by: fc.constantFrom('m', 'f', 'g'),
    role: fc.constant('guardian' as const),
    act: fc.constantFrom<Said['act']>('give', 'refuse', 'withdraw'),
  });
  const words = fc.uniqueArray(word, { selector: ({ by }) => by });
  const circle = fc.constantFrom<Circle['deciders']>('any', 'all').map((deciders) => ({ ...any, deciders }));
  fc.assert(
    fc.property(words, circle, (said, of) => {
      if (said.some(({ act }) => act !== 'give')) return !isValid(foldWords(said, of));
      return true;
    }),
  );
  t.pass();
});
