import test from 'ava';
import { jobOf, outcomeOf, pluginRunning, startSandbox } from './sandbox-under-test.ts';

test.serial(
  'a flood of one plugin fills its own line and is refused there, while the neighbour is served in turn',
  async (t) => {
    await using sandbox = await startSandbox();
    const slow = pluginRunning('await new Promise((go) => setTimeout(go, 30)); return 1;');
    const flood = Array.from({ length: 500 }, (_, n) =>
      outcomeOf(sandbox.run(jobOf({ source: slow, key: { user: `user-${n}` } }))),
    );
    const before = await Promise.race([
      outcomeOf(sandbox.run(jobOf({ source: pluginRunning('return 2;'), key: { municipality: 'turku' } }))).then(
        () => 'neighbour',
      ),
      Promise.all(flood).then(() => 'flood'),
    ]);
    t.is(before, 'neighbour');
    const codes = (await Promise.all(flood)).map(({ code }) => code);
    t.deepEqual([...new Set(codes)].sort(), ['ok', 'rate-limited']);
    t.is(codes.filter((code) => code === 'ok').length, 16 + 64);
  },
);

test.serial('a plugin that floods its log and its host keeps other calls of the same worker alive', async (t) => {
  await using sandbox = await startSandbox();
  const flooding = pluginRunning("for (;;) { console.log('x'); digione.invoke('a.b', 1).catch(() => 0); await null; }");
  const floods = Array.from({ length: 5 }, (_, n) =>
    outcomeOf(sandbox.run(jobOf({ source: flooding, key: { plugin: `v/flood-${n}` } }))),
  );
  for (let turn = 0; turn < 20; turn += 1) {
    const { value } = await outcomeOf(
      sandbox.run(
        jobOf({ source: pluginRunning('return argument;'), key: { municipality: 'turku' }, argument: `${turn}` }),
      ),
    );
    t.is(value, turn);
  }
  for (const { code } of await Promise.all(floods)) t.is(code, 'plugin-timeout-cpu');
});

test.serial('isolates beyond their number go, the longest unused first, and come back when asked', async (t) => {
  await using sandbox = await startSandbox({ limits: { isolatesPerWorker: 3 } });
  const source = pluginRunning('globalThis.calls = (globalThis.calls ?? 0) + 1; return globalThis.calls;');
  const call = async (n: number) =>
    (await outcomeOf(sandbox.run(jobOf({ source, key: { plugin: `v/p-${n}` }, limits: 'job' })))).value;
  for (const n of [1, 2, 3]) t.is(await call(n), 1);
  t.is(await call(1), 2);
  t.is(await call(4), 1);
  t.is(await call(1), 3);
  t.is(await call(2), 1);
});

test.serial(
  'contexts beyond their number in one isolate go, and an old isolate is replaced without a lost call',
  async (t) => {
    await using sandbox = await startSandbox({ limits: { contextsPerIsolate: 2, contextsPerIsolateLife: 5 } });
    const source = pluginRunning('return argument;');
    const calls = Array.from({ length: 40 }, (_, n) =>
      outcomeOf(sandbox.run(jobOf({ source, key: { user: `u-${n}` }, argument: `${n}` }))),
    );
    t.deepEqual(
      (await Promise.all(calls)).map(({ value }) => value),
      Array.from({ length: 40 }, (_, n) => n),
    );
  },
);

test.serial('a call that no worker can take in time ends with a retryable error and never starts', async (t) => {
  await using sandbox = await startSandbox({
    limits: { runningPerGroup: 1, waitingMs: 1, heartbeatMs: 200 },
  });
  const hold = Promise.withResolvers<string>();
  let started = 0;
  const hostCall = () => {
    started += 1;
    return hold.promise;
  };
  const job = jobOf({ source: pluginRunning("return digione.invoke('a.b', 1);"), hostCall });
  const first = outcomeOf(sandbox.run(job));
  const late = await outcomeOf(sandbox.run({ ...job, key: { ...job.key, user: 'user-2' } }));
  t.deepEqual(late, { code: 'unavailable', detail: 'No worker was free in time' });
  hold.resolve('1');
  t.is((await first).code, 'ok');
  t.is(started, 1);
});
