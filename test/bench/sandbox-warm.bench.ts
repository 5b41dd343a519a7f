// A call of a loaded plugin inside the worker, beside `apply` of the same function without any of our rules.
import ivm from 'isolated-vm';
import { compete, report, timed } from './harness.ts';
import { workerUnderTest } from './sandbox-worker.ts';

const runs = 41;
const count = 400;
const warmRounds = 3;
const body = '(argument) => ({ id: argument.id, rows: argument.rows.map((row) => ({ ...row, seen: true })) })';
const small = JSON.stringify({ id: 1, rows: [{ name: 'Aino' }] });
const rows = JSON.stringify({
  id: 1,
  rows: Array.from({ length: 25 }, (_, n) => ({ id: n, name: `Oppilas ${n}`, class: '3B', grade: 3 })),
});

const worker = await workerUnderTest();
const source = `digione.register({ calls: { run: ${body} } });`;
const awaiting = `const run = ${body}; digione.register({ calls: { run: async (argument) => run(argument) } });`;

const isolate = new ivm.Isolate({ memoryLimit: 64 });
const raws = await Promise.all(
  Array.from({ length: 20 }, async () => {
    const context = await isolate.createContext();
    return context.eval(`const run = ${body}; (text) => JSON.stringify(run(JSON.parse(text)))`, { reference: true });
  }),
);
/** Mean milliseconds of a call, with so many in flight. */
async function meanOf(call: (user: number) => Promise<unknown>, inFlight: number): Promise<number> {
  const line = async (user: number) => {
    for (let n = 0; n < count / inFlight; n += 1) await call(user);
  };
  return (await timed(() => Promise.all(Array.from({ length: inFlight }, (_, n) => line(n))))) / count;
}

const rawAwaiting = await (await isolate.createContext()).eval(
  `const run = ${body}; async (text) => JSON.stringify(await run(JSON.parse(text)))`,
  { reference: true },
);
const rawOptions = { timeout: 1_000, result: { copy: true as const } };
const awaitingOptions = { timeout: 1_000, result: { copy: true as const, promise: true as const } };

function contest(what: string, argument: string, inFlight: number) {
  return compete(
    {
      what,
      unit: 'ms per call',
      besideName: 'isolated-vm apply',
      goal: 1.5,
      better: 'lower',
      ours: () => meanOf((user) => worker.call({ source, argument, user: `u${user}` }), inFlight),
      // As many contexts as users: code warms up in each context by itself.
      beside: () => meanOf((user) => raws[user]!.apply(undefined, [argument], rawOptions), inFlight),
    },
    runs,
  );
}

function awaitingContest(what: string, argument: string) {
  return compete(
    {
      what,
      unit: 'ms per call',
      besideName: 'isolated-vm apply of an async function',
      goal: 1.5,
      better: 'lower',
      ours: () => meanOf(() => worker.call({ source: awaiting, argument, plugin: 'awaiting' }), 1),
      beside: () => meanOf(() => rawAwaiting.apply(undefined, [argument], awaitingOptions), 1),
    },
    runs,
  );
}

// Warm is what a worker is after its first minute: its own code and each context's are compiled by then, on both sides.
for (let round = 0; round < warmRounds; round += 1) await contest('warm-up', small, 20);
await awaitingContest('warm-up', small);
await report('sandbox-warm', runs, [
  await contest('small object, one call at a time', small, 1),
  await contest('small object, 20 users at once', small, 20),
  await awaitingContest('small object, an async handler', small),
  await contest('25 rows, one call at a time', rows, 1),
  await contest('25 rows, 20 users at once', rows, 20),
]);
// Isolates that still live would crash an ordinary exit.
(process as unknown as { reallyExit(code: number): never }).reallyExit(0);
