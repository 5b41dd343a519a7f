// Resident memory of idle isolates, one per (plugin, municipality), each after an answered call, beside raw ones.
import { memoryUsage } from 'node:process';
import ivm from 'isolated-vm';
import { report } from './harness.ts';
import { workerUnderTest } from './sandbox-worker.ts';

const live = 500;
const body = '(argument) => ({ id: argument, text: "seen" })';

async function quietResident(): Promise<number> {
  globalThis.gc?.();
  await new Promise((resolve) => setTimeout(resolve, 500));
  return memoryUsage.rss() / 1e6;
}

async function rawMegabytesEach(): Promise<number> {
  const before = await quietResident();
  const kept: ivm.Isolate[] = [];
  for (let n = 0; n < live; n += 1) {
    const isolate = new ivm.Isolate({ memoryLimit: 64 });
    const context = await isolate.createContext();
    const run = await context.eval(`const run = ${body}; (text) => JSON.stringify(run(JSON.parse(text)))`, {
      reference: true,
    });
    await run.apply(undefined, ['1'], { result: { copy: true } });
    kept.push(isolate);
  }
  const each = ((await quietResident()) - before) / live;
  for (const isolate of kept) isolate.dispose();
  await quietResident();
  return each;
}

async function ourMegabytesEach(): Promise<{ each: number; answered: number }> {
  const worker = await workerUnderTest({ isolatesPerWorker: live + 10 });
  const before = await quietResident();
  const source = `digione.register({ calls: { run: ${body} } });`;
  for (let n = 0; n < live; n += 1) await worker.call({ source, argument: '1', plugin: `p${n}` });
  const each = ((await quietResident()) - before) / live;
  let answered = 0;
  for (let n = 0; n < live; n += 1) {
    await worker.call({ source, argument: '2', plugin: `p${n}` });
    answered += 1;
  }
  return { each, answered: Math.min(answered, worker.cells.figures().isolates) };
}

const ours = await ourMegabytesEach();
const beside = await rawMegabytesEach();
const row = { unit: 'MB', besideName: 'isolated-vm', beside, spread: [ours.each, ours.each] as [number, number] };
await report('sandbox-density', 1, [
  { ...row, what: 'idle isolate', ours: ours.each, ratio: ours.each / beside, goal: 2, met: ours.each <= 2 },
  {
    ...row,
    what: 'isolates alive and answering again',
    unit: 'isolates',
    ours: ours.answered,
    beside: live,
    ratio: ours.answered / live,
    goal: live,
    met: ours.answered >= live,
  },
]);
// Isolates that still live would crash an ordinary exit.
(process as unknown as { reallyExit(code: number): never }).reallyExit(0);
