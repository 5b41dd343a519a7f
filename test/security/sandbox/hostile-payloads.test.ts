import { refuse } from '@digione/core/kernel';
import { defaultLimits, type Sandbox } from '@digione/core/sandbox';
import test from 'ava';
import { jobOf, outcomeOf, pluginRunning, startSandbox, until } from '../../core/sandbox/sandbox-under-test.ts';
import { escapePayloads } from './payloads/escapes.ts';
import { floods } from './payloads/floods.ts';
import { lies } from './payloads/lies.ts';
import { loops } from './payloads/loops.ts';
import { memory } from './payloads/memory.ts';
import type { Payload } from './payloads/payload.ts';

let patient: Sandbox;
/** For code that only waits: its end is the wall deadline, which must not come first for code that works. */
let impatient: Sandbox;
test.before(async () => {
  const job = { ...defaultLimits.job, cpuMs: 1_500, wallMs: 30_000 };
  const within = (wallMs: number) => ({
    loadCpuMs: 200,
    interactive: { ...defaultLimits.interactive, wallMs },
    job,
  });
  patient = await startSandbox({ workers: 2, limits: within(15_000) });
  impatient = await startSandbox({ spares: 0, limits: within(1_500) });
});
test.after.always(() => Promise.all([patient, impatient].map((sandbox) => sandbox?.[Symbol.asyncDispose]())));

const neighbourSource = pluginRunning("return [argument, await digione.invoke('echo', argument)];");

/** Plugins of other municipalities, in the same worker or the other one: each has its place by its municipality. */
const neighbours = ['turku', 'vantaa'];

/** It must answer, and answer to itself, whatever runs beside it. */
async function neighbourAnswers(sandbox: Sandbox, municipality: string, token: string): Promise<string> {
  const key = { municipality, plugin: 'test-vendor/neighbour' };
  const { code, value, detail } = await outcomeOf(
    sandbox.run(jobOf({ key, source: neighbourSource, argument: `"${token}"` })),
  );
  return code === 'ok' && JSON.stringify(value) === JSON.stringify([token, token]) ? 'fine' : `${code} ${detail}`;
}

async function hostCall(capability: string, argument: string): Promise<string> {
  if (capability !== 'fails') return argument;
  refuse('not-found', 'Nothing here', { detail: 'secret-of-host' });
}

async function runPayload(sandbox: Sandbox, payload: Payload) {
  const source = payload.source ?? pluginRunning(payload.body ?? '');
  return outcomeOf(
    sandbox.run(jobOf({ source, name: payload.name ?? 'run', hostCall, limits: payload.limits ?? 'interactive' })),
  );
}

/** Neighbours go on until the payload has ended; the list of what went wrong for them, which only a lost worker explains. */
async function watchNeighbours(sandbox: Sandbox, payload: Promise<unknown>): Promise<string[]> {
  let over = false;
  void payload.then(() => {
    over = true;
  });
  const wrong: string[] = [];
  for (let turn = 0; !over || turn === 0; turn += 1) {
    const answer = await neighbourAnswers(sandbox, neighbours[turn % neighbours.length]!, `turn-${turn}`);
    if (answer !== 'fine') wrong.push(answer);
  }
  return wrong;
}

/** With a job's processor time these get as far as the memory limits; a few suffice, each may cost a worker. */
const bombs = ['fills arrays', 'fills a map', 'fills buffers', 'grows a resizable buffer', 'throws a huge string'];
const longBombs = memory
  .filter((payload) => bombs.includes(payload.title))
  .map((payload): Payload => ({ ...payload, title: `${payload.title} with the patience of a job`, limits: 'job' }));

const families: Record<string, Payload[]> = {
  loop: loops,
  memory: [...memory, ...longBombs],
  escape: escapePayloads,
  flood: floods,
  lie: lies,
};

for (const [family, payloads] of Object.entries(families)) {
  for (const payload of payloads) {
    test.serial(`${family}: code that ${payload.title} ends alone`, async (t) => {
      const sandbox = payload.waits ? impatient : patient;
      const running = runPayload(sandbox, payload);
      const wrong = await watchNeighbours(sandbox, running);
      const { code, value, detail } = await running;
      t.true(payload.ends.includes(code), `ended as ${code}: ${detail}`);
      if (code === 'ok') t.deepEqual(value, payload.value);
      t.deepEqual(code === 'worker-lost' ? wrong.filter((answer) => !answer.startsWith('worker-lost')) : wrong, []);
      for (const municipality of neighbours) t.is(await neighbourAnswers(sandbox, municipality, 'after'), 'fine');
    });
  }
}

test.serial(
  'after all of it the worker holds no isolate of the hostile plugins at work, and its memory is back',
  async (t) => {
    await patient.dispose({ municipality: 'espoo' });
    const limit = 700_000_000;
    await until(() => patient.figures().workers.every((worker) => worker.running === 0 && worker.rss < limit));
    t.deepEqual(patient.figures().waiting, 0);
  },
);
