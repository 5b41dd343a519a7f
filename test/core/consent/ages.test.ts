import test from 'ava';
import { dayOfAge, hasReached, isMinor } from '../../../core/consent/index.ts';
import { endOfConsent } from '../../../core/consent/ages.ts';
import { fixedClock } from '../../../core/kernel/index.ts';

test('a learner decides alone from the 13th birthday, at midnight in Helsinki', (t) => {
  const clock = fixedClock('2026-11-23T21:59:59Z');
  t.false(hasReached(13, '2013-11-24', clock.today()));
  clock.set('2026-11-23T22:00:00Z');
  t.true(hasReached(13, '2013-11-24', clock.today()));
});

test('in summer Helsinki turns to the birthday an hour earlier by the clock of the world', (t) => {
  const clock = fixedClock('2026-06-23T20:59:59Z');
  t.true(isMinor('2008-06-24', clock.today()));
  clock.set('2026-06-23T21:00:00Z');
  t.false(isMinor('2008-06-24', clock.today()));
});

test('who was born on 29 February grows older on the 28th in a year without one', (t) => {
  t.is(dayOfAge('2012-02-29', 13), '2025-02-28');
  t.is(dayOfAge('2012-02-29', 16), '2028-02-29');
  t.is(dayOfAge('2008-02-29', 18), '2026-02-28');
  t.false(hasReached(13, '2012-02-29', '2025-02-27'));
  t.true(hasReached(13, '2012-02-29', '2025-02-28'));
});

test('without a birth date a learner is too young to decide and too old for guardians', (t) => {
  t.false(hasReached(13, undefined, '2026-11-24'));
  t.false(isMinor(undefined, '2026-11-24'));
});

test('a consent ends with the school year', (t) => {
  t.is(endOfConsent('2026-11-24', { role: 'guardian', birthDate: '2015-05-05' }), '2027-08-01');
  t.is(endOfConsent('2027-02-01', { role: 'learner', birthDate: '2012-05-05' }), '2027-08-01');
  t.is(endOfConsent('2027-08-01', { role: 'guardian', birthDate: undefined }), '2028-08-01');
});

test('what a guardian gave ends sixty days after the 18th birthday at the latest', (t) => {
  t.is(endOfConsent('2026-11-24', { role: 'guardian', birthDate: '2008-12-01' }), '2027-01-30');
  t.is(endOfConsent('2026-11-24', { role: 'learner', birthDate: '2008-12-01' }), '2027-08-01');
});
