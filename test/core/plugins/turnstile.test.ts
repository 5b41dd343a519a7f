import test from 'ava';
import { createTurnstile } from '../../../core/plugins/turnstile.ts';

const place = { municipality: 'espoo', plugin: 'vendor/plugin' };

function gate() {
  return Promise.withResolvers<void>();
}

test('contexts are cleared after the calls that run and before those that come meanwhile', async (t) => {
  const turnstile = createTurnstile();
  const happened: string[] = [];
  const [first, cleared] = [gate(), gate()];
  const running = turnstile.pass(place, async () => {
    await first.promise;
    happened.push('first call');
  });
  const clearing = turnstile.clear(place, async () => {
    await cleared.promise;
    happened.push('cleared');
  });
  const later = turnstile.pass(place, async () => void happened.push('later call'));
  const elsewhere = turnstile.pass({ ...place, municipality: 'oulu' }, async () => void happened.push('elsewhere'));
  await elsewhere;
  first.resolve();
  await running;
  cleared.resolve();
  await Promise.all([clearing, later]);
  t.deepEqual(happened, ['elsewhere', 'first call', 'cleared', 'later call']);
});

test('two changes in a row are both carried out, and a call that fails holds nobody', async (t) => {
  const turnstile = createTurnstile();
  const happened: string[] = [];
  await t.throwsAsync(turnstile.pass(place, async () => Promise.reject(new Error('no'))));
  const changes = ['one', 'two'].map((name) => turnstile.clear(place, async () => void happened.push(name)));
  await turnstile.pass(place, async () => void happened.push('call'));
  await Promise.all(changes);
  t.deepEqual(happened, ['one', 'two', 'call']);
});

test('a clearing that fails says so to the one who asked, and lets the waiting calls go', async (t) => {
  const turnstile = createTurnstile();
  const clearing = turnstile.clear(place, async () => Promise.reject(new Error('worker gone')));
  const call = turnstile.pass(place, async () => 'served');
  await t.throwsAsync(clearing, { message: 'worker gone' });
  t.is(await call, 'served');
});
