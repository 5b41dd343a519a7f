import type { ContextKey, Sandbox } from '@digione/core/sandbox';
import test from 'ava';
import { jobOf, outcomeOf, pluginRunning, startSandbox } from './sandbox-under-test.ts';

let sandbox: Sandbox;
test.before(async () => {
  sandbox = await startSandbox();
});
test.after.always(() => sandbox?.[Symbol.asyncDispose]());

const remembering = pluginRunning(`
  globalThis.seen ??= []; const before = [...seen]; seen.push(argument);
  try { Array.prototype.seen = argument; } catch {}
  return before.concat([].seen ?? []);`);

const remember = (key: Partial<ContextKey>, argument: string) =>
  outcomeOf(
    sandbox.run(jobOf({ key: { digest: 'same', ...key }, source: remembering, argument: JSON.stringify(argument) })),
  );

const others: [string, Partial<ContextKey>][] = [
  ['another user', { user: 'user-2' }],
  ['another school', { school: 'school-2' }],
  ['another municipality', { municipality: 'turku' }],
  ['another version', { version: '2.0.0', digest: 'other' }],
  ['another plugin', { plugin: 'test-vendor/other' }],
];
for (const [who, key] of others) {
  test.serial(`what a realm learned for one is not there for ${who}`, async (t) => {
    await remember({}, 'secret of user-1');
    t.deepEqual(await remember(key, 'x'), { code: 'ok', value: [] });
  });
}

test.serial('disposing a user ends that realm and no other', async (t) => {
  await remember({ user: 'leaves' }, 'a');
  await remember({ user: 'stays' }, 'b');
  await sandbox.dispose({ user: 'leaves' });
  t.deepEqual(await remember({ user: 'leaves' }, 'c'), { code: 'ok', value: [] });
  t.deepEqual(await remember({ user: 'stays' }, 'd'), { code: 'ok', value: ['b'] });
});

const patterns: [string, Partial<ContextKey>][] = [
  ['a school', { school: 'school-1' }],
  ['a plugin in a municipality', { municipality: 'espoo', plugin: 'test-vendor/plugin' }],
  ['a version', { version: '1.0.0' }],
  ['everything', {}],
];
for (const [what, pattern] of patterns) {
  test.serial(`disposing ${what} ends the realms in it`, async (t) => {
    await remember({ user: 'again' }, 'a');
    await sandbox.dispose(pattern);
    t.deepEqual(await remember({ user: 'again' }, 'b'), { code: 'ok', value: [] });
  });
}

test.serial(
  'a call that runs when its realm is disposed ends as unavailable, and so does one that waits behind it',
  async (t) => {
    const started = Promise.withResolvers<void>();
    const hostCall = () => {
      started.resolve();
      return new Promise<string>(() => undefined);
    };
    const job = jobOf({ source: pluginRunning("return digione.invoke('a.b', 1);"), key: { user: 'ended' }, hostCall });
    const [running, waiting] = [outcomeOf(sandbox.run(job)), outcomeOf(sandbox.run(job))];
    await started.promise;
    await sandbox.dispose({ user: 'ended' });
    t.is((await running).code, 'unavailable');
    t.is((await waiting).code, 'unavailable');
  },
);

test.serial('calls of one user run one after another, so each ask belongs to its own call', async (t) => {
  const source = pluginRunning(
    "await digione.invoke('mark', argument); await new Promise((go) => setTimeout(go, 5)); return digione.invoke('mark', argument);",
  );
  const calls = [1, 2, 3, 4].map((n) => {
    const hostCall = async (_: string, argument: string) => (argument === String(n) ? `"mine-${n}"` : '"foreign"');
    return outcomeOf(sandbox.run(jobOf({ source, argument: String(n), hostCall })));
  });
  t.deepEqual(
    (await Promise.all(calls)).map(({ value }) => value),
    ['mine-1', 'mine-2', 'mine-3', 'mine-4'],
  );
});

test.serial('a resolver kept from an earlier call answers nothing in a later one', async (t) => {
  const source = pluginRunning(`
    if (argument === 'keep') { globalThis.kept = digione.invoke('late', 'keep').then((v) => { globalThis.got = v; }); return 'kept'; }
    await digione.invoke('now', 'x'); return [typeof globalThis.got];`);
  const late = Promise.withResolvers<string>();
  const hostCall = async (capability: string) => (capability === 'late' ? late.promise : '1');
  const job = jobOf({ source, hostCall });
  t.is((await outcomeOf(sandbox.run({ ...job, argument: '"keep"' }))).value, 'kept');
  late.resolve('"of the first call"');
  t.deepEqual((await outcomeOf(sandbox.run(job))).value, ['undefined']);
});

test.serial('a changed context is seen by the next call of the same realm', async (t) => {
  const job = jobOf({ source: pluginRunning('return [context.user.language, digione.context.user.language];') });
  t.deepEqual((await outcomeOf(sandbox.run(job))).value, ['fi', 'fi']);
  const swedish = { ...job, context: '{"user":{"role":"teacher","language":"sv"}}' };
  t.deepEqual((await outcomeOf(sandbox.run(swedish))).value, ['sv', 'sv']);
});
