import type { Sandbox } from '@digione/core/sandbox';
import test from 'ava';
import { jobOf, outcomeOf, pluginRunning, startSandbox, until } from './sandbox-under-test.ts';

const echo = pluginRunning("return [argument, await digione.invoke('a.b', argument)];");

function readyWorkers(sandbox: Sandbox) {
  return sandbox.figures().workers.filter((worker) => worker.state === 'ready');
}

test.serial(
  'whenever a worker is killed, each call in flight in it gets a retryable error and nothing else is lost',
  async (t) => {
    await using sandbox = await startSandbox();
    for (let round = 0; round < 6; round += 1) {
      await until(() => readyWorkers(sandbox).length === 2);
      const calls = Array.from({ length: 20 }, (_, n) => {
        const hostCall = async (_: string, argument: string) => {
          await new Promise((resolve) => setTimeout(resolve, n));
          return argument;
        };
        return outcomeOf(sandbox.run(jobOf({ source: echo, argument: `${n}`, key: { user: `user-${n}` }, hostCall })));
      });
      await new Promise((resolve) => setTimeout(resolve, round * 3));
      process.kill(readyWorkers(sandbox)[0]!.pid, 'SIGKILL');
      const outcomes = await Promise.all(calls);
      for (const [n, { code, value }] of outcomes.entries()) {
        if (code === 'ok') t.deepEqual(value, [n, n]);
        else t.is(code, 'worker-lost');
      }
      t.is((await outcomeOf(sandbox.run(jobOf({ source: echo, argument: '7' })))).code, 'ok');
    }
  },
);

test.serial(
  'the warm spare serves the next call at once, and the loser is told that asking again may help',
  async (t) => {
    await using sandbox = await startSandbox();
    await until(() => readyWorkers(sandbox).length === 2);
    const started = Promise.withResolvers<void>();
    const hostCall = () => {
      started.resolve();
      return new Promise<string>(() => undefined);
    };
    const lost = sandbox.run(jobOf({ source: echo, hostCall }));
    await started.promise;
    const [victim, spare] = readyWorkers(sandbox).map((worker) => worker.pid);
    process.kill(victim!, 'SIGKILL');
    const error = await t.throwsAsync(lost);
    t.is((error as { code?: string }).code, 'worker-lost');
    t.is((error as { extra?: { retryable: boolean } }).extra?.retryable, true);
    t.is((await outcomeOf(sandbox.run(jobOf({ source: echo, argument: '1' })))).code, 'ok');
    t.is(sandbox.figures().workers[0]?.pid, spare);
  },
);

test.serial('a worker that stops answering its heartbeat is ended and its calls are not left waiting', async (t) => {
  await using sandbox = await startSandbox({ limits: { heartbeatMs: 1_000 } });
  const started = Promise.withResolvers<void>();
  const hostCall = () => {
    started.resolve();
    return new Promise<string>(() => undefined);
  };
  const frozen = outcomeOf(sandbox.run(jobOf({ source: echo, hostCall, limits: 'job' })));
  await Promise.race([started.promise, frozen]);
  const busy = sandbox.figures().workers.find(({ running }) => running > 0);
  process.kill(busy!.pid, 'SIGSTOP');
  t.deepEqual(await frozen, { code: 'worker-lost', detail: 'heartbeat' });
  t.is((await outcomeOf(sandbox.run(jobOf({ source: echo, argument: '1' })))).code, 'ok');
});

test.serial(
  'a plugin version whose calls end their worker again and again is switched off alone, and it is said once',
  async (t) => {
    const told: unknown[] = [];
    await using sandbox = await startSandbox({
      limits: { breakerStrikes: 3 },
      onDisabled: (plugin) => told.push(plugin),
    });
    const fatal = { plugin: 'test-vendor/fatal' };
    for (let round = 0; round < 3; round += 1) {
      await until(() => readyWorkers(sandbox).length > 0);
      const started = Promise.withResolvers<void>();
      const hostCall = () => {
        started.resolve();
        return new Promise<string>(() => undefined);
      };
      const call = outcomeOf(sandbox.run(jobOf({ source: echo, key: fatal, hostCall })));
      await started.promise;
      const busy = sandbox.figures().workers.find((worker) => worker.running > 0)!;
      process.kill(busy.pid, 'SIGKILL');
      t.is((await call).code, 'worker-lost');
    }
    t.is((await outcomeOf(sandbox.run(jobOf({ source: echo, key: fatal })))).code, 'plugin-disabled');
    t.is((await outcomeOf(sandbox.run(jobOf({ source: echo, key: { ...fatal, municipality: 'turku' } })))).code, 'ok');
    t.is((await outcomeOf(sandbox.run(jobOf({ source: echo })))).code, 'ok');
    t.deepEqual(told, [{ municipality: 'espoo', plugin: 'test-vendor/fatal', version: '1.0.0' }]);
  },
);

test.serial('a sandbox that closes lets running calls end, refuses new ones and leaves no process', async (t) => {
  const sandbox = await startSandbox();
  const hostCall = async (_: string, argument: string) => {
    await new Promise((resolve) => setTimeout(resolve, 100));
    return argument;
  };
  const running = outcomeOf(sandbox.run(jobOf({ source: echo, argument: '1', hostCall })));
  const pids = sandbox.figures().workers.map((worker) => worker.pid);
  const closed = sandbox[Symbol.asyncDispose]();
  t.is((await outcomeOf(sandbox.run(jobOf({ source: echo })))).code, 'unavailable');
  t.is((await running).code, 'ok');
  await closed;
  for (const pid of pids) t.throws(() => process.kill(pid, 0), { code: 'ESRCH' });
});
