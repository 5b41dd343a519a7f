// What hostile code and killed workers cost others: neighbours' times beside their own time alone, the core's stalls, the next call after SIGKILL.
import { createLog } from '@digione/core/kernel';
import { createSandbox, defaultLimits, type Sandbox } from '@digione/core/sandbox';
import { jobOf, outcomeOf, pluginRunning } from '../core/sandbox/sandbox-under-test.ts';
import { escapePayloads } from '../security/sandbox/payloads/escapes.ts';
import { floods } from '../security/sandbox/payloads/floods.ts';
import { lies } from '../security/sandbox/payloads/lies.ts';
import { loops } from '../security/sandbox/payloads/loops.ts';
import { memory } from '../security/sandbox/payloads/memory.ts';
import type { Payload } from '../security/sandbox/payloads/payload.ts';
import { medianOf, report, type Row } from './harness.ts';
import { watchStalls } from './stall-watch.ts';

const kills = 30;
const neighbours = ['turku', 'vantaa', 'oulu', 'tampere'];
const neighbourSource = pluginRunning("return [argument, await digione.invoke('echo', argument)];");

const sandbox: Sandbox = await createSandbox({
  workers: 2,
  spares: 1,
  log: createLog({ name: 'bench', level: 'silent' }),
  limits: { interactive: { ...defaultLimits.interactive, wallMs: 3_000 }, breakerStrikes: 1_000, loadCpuMs: 200 },
});

async function neighbourTime(turn: number): Promise<number | undefined> {
  const started = performance.now();
  const key = { municipality: neighbours[turn % neighbours.length]!, plugin: 'test-vendor/neighbour' };
  const { code } = await outcomeOf(sandbox.run(jobOf({ key, source: neighbourSource, argument: `${turn}` })));
  return code === 'ok' ? performance.now() - started : undefined;
}

async function timesWhile(busy: Promise<unknown>, least: number): Promise<number[]> {
  let over = false;
  void busy.finally(() => {
    over = true;
  });
  const times: number[] = [];
  for (let turn = 0; !over || turn < least; turn += 1) {
    const time = await neighbourTime(turn);
    if (time !== undefined) times.push(time);
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
  return times;
}

/** Milliseconds from the end of a worker to the next answer in its municipality. */
async function afterKill(): Promise<number> {
  while (sandbox.figures().workers.filter(({ state }) => state === 'ready').length < 3)
    await new Promise((resolve) => setTimeout(resolve, 50));
  const job = jobOf({ key: { municipality: 'espoo', plugin: 'test-vendor/neighbour' }, source: neighbourSource });
  const held = Promise.withResolvers<void>();
  const inFlight = outcomeOf(
    sandbox.run({
      ...job,
      hostCall: () => {
        held.resolve();
        return new Promise<string>(() => undefined);
      },
    }),
  );
  await held.promise;
  const victim = sandbox.figures().workers.find(({ running }) => running > 0)!;
  const started = performance.now();
  process.kill(victim.pid, 'SIGKILL');
  const { code } = await inFlight;
  if (code !== 'worker-lost') throw new Error(`A call in flight in a killed worker ended as ${code}`);
  await sandbox.run(job);
  return performance.now() - started;
}

const payloads: Payload[] = [...loops, ...memory, ...escapePayloads, ...floods, ...lies];
await timesWhile(Promise.resolve(), 400);
const stalls = watchStalls();
const ratios: { title: string; ratio: number }[] = [];
for (const payload of payloads) {
  const alone = medianOf(await timesWhile(Promise.resolve(), 40));
  const source = payload.source ?? pluginRunning(payload.body ?? '');
  const attack = outcomeOf(sandbox.run(jobOf({ source, name: payload.name ?? 'run' })));
  const beside = await timesWhile(attack, 20);
  ratios.push({
    title: payload.title,
    ratio: medianOf(beside.length > 0 ? beside : [Number.POSITIVE_INFINITY]) / alone,
  });
}
const { work } = stalls.end();
ratios.sort((a, b) => b.ratio - a.ratio);
for (const { title, ratio } of ratios.slice(0, 5)) console.log(`${ratio.toFixed(2)} × beside code that ${title}`);
const served: number[] = [];
for (let n = 0; n < kills; n += 1) served.push(await afterKill());
await sandbox[Symbol.asyncDispose]();

function atMost(what: string, unit: string, ours: number, goal: number, spread: [number, number]): Row {
  return { what, unit, ours, beside: goal, besideName: 'at most', ratio: ours, goal, met: ours <= goal, spread };
}
const all = ratios.map(({ ratio }) => ratio);
const within = all.filter((ratio) => ratio <= 2).length / all.length;
await report('sandbox-hostile', 1, [
  atMost(`neighbours beside ${all.length} payloads, median of medians`, '× alone', medianOf(all), 2, [
    Math.min(...all),
    Math.max(...all),
  ]),
  atMost('payloads beside which neighbours took more than twice their time', 'share', 1 - within, 0, [0, 1]),
  atMost('longest work of the core in one turn of its loop', 'ms', work, 100, [work, work]),
  atMost(`next call after SIGKILL, median of ${kills}`, 'ms', medianOf(served), 300, [
    Math.min(...served),
    Math.max(...served),
  ]),
]);
