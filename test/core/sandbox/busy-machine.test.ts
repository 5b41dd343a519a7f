import { type ChildProcess, spawn } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { defaultLimits } from '@digione/core/sandbox';
import test from 'ava';
import { jobOf, outcomeOf, pluginRunning, startSandbox } from './sandbox-under-test.ts';

/** Twice as many as the machine has processors: whoever wants one gets a third of it at most. */
function burnEveryProcessor(): AsyncDisposable {
  const burners = Array.from({ length: availableParallelism() * 2 }, () =>
    spawn(process.execPath, ['-e', 'for (;;);'], { stdio: 'ignore' }),
  );
  return {
    [Symbol.asyncDispose]: async () => {
      await Promise.all(burners.map(end));
    },
  };
}

function end(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    child.once('exit', () => resolve());
    child.kill('SIGKILL');
  });
}

const work = (turns: number) => `let x = 1; for (let n = 0; n < ${turns}; n += 1) x = (x * 16807 + n) % 2147483647;`;

/** Turns of the loop that take ten milliseconds of processor time, whatever else runs. */
function tenMilliseconds(): number {
  const turns = 2_000_000;
  const run = new Function(`${work(turns)} return x;`) as () => number;
  run();
  const before = process.threadCpuUsage();
  run();
  const { user, system } = process.threadCpuUsage(before);
  return Math.round((turns * 10_000) / (user + system));
}

test.serial('on a machine that others keep busy no honest call pays for the time in which it waited', async (t) => {
  await using sandbox = await startSandbox({
    limits: { interactive: { ...defaultLimits.interactive, wallMs: 90_000 } },
  });
  await using _burning = burnEveryProcessor();
  const source = pluginRunning(`${work(tenMilliseconds())} return x > 0;`);
  const honest = Array.from({ length: 40 }, (_, n) =>
    outcomeOf(sandbox.run(jobOf({ source, key: { plugin: `v/honest-${n % 10}`, user: `user-${n}` } }))),
  );
  const hostile = Array.from({ length: 3 }, (_, n) =>
    outcomeOf(sandbox.run(jobOf({ source: pluginRunning('await null; for (;;);'), key: { plugin: `v/loop-${n}` } }))),
  );
  t.deepEqual(
    (await Promise.all(honest)).map(({ code, detail }) => `${code} ${detail ?? ''}`.trim()),
    Array.from({ length: 40 }, () => 'ok'),
  );
  t.deepEqual(
    (await Promise.all(hostile)).map(({ code }) => code),
    ['plugin-timeout-cpu', 'plugin-timeout-cpu', 'plugin-timeout-cpu'],
  );
});
