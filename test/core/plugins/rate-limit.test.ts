import test from 'ava';
import { fixedClock } from '../../../core/kernel/index.ts';
import { createRateLimit } from '../../../core/plugins/rate-limit.ts';

const start = '2026-11-24T08:00:00.000Z';

test('a burst is let through, the call after it is refused, and time fills the bucket again', (t) => {
  const clock = fixedClock(start);
  const rate = createRateLimit({ clock, perSecond: 2, burstSeconds: 5 });
  for (let call = 0; call < 10; call += 1) t.notThrows(() => rate.take('one'));
  t.throws(() => rate.take('one'), { code: 'rate-limited' });
  clock.advance(1_000);
  t.notThrows(() => rate.take('one'));
  t.notThrows(() => rate.take('one'));
  t.throws(() => rate.take('one'), { code: 'rate-limited' });
});

test("one's flood is not the other's", (t) => {
  const rate = createRateLimit({ clock: fixedClock(start), perSecond: 1, burstSeconds: 1 });
  rate.take('one');
  t.throws(() => rate.take('one'), { code: 'rate-limited' });
  t.notThrows(() => rate.take('other'));
});

test('the number of buckets is bounded', (t) => {
  const rate = createRateLimit({ clock: fixedClock(start), perSecond: 1, burstSeconds: 1, keys: 2 });
  for (const key of ['a', 'b', 'c']) rate.take(key);
  t.throws(() => rate.take('c'), { code: 'rate-limited' });
  t.notThrows(() => rate.take('a'));
});
