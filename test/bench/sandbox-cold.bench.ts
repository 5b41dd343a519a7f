// From "no isolate" to the first answer with a 256 kB bundle, beside raw isolated-vm that loads the same from a code cache.
import ivm from 'isolated-vm';
import { compete, medianOf, report, timed } from './harness.ts';
import { workerUnderTest } from './sandbox-worker.ts';

const runs = 7;
const each = 20;

/** Many small functions, a tenth of them used: the shape of a bundle. */
const filler = Array.from(
  { length: 2_400 },
  (_, n) =>
    `function part${n}(x) { const text = 'part ${n} of the bundle'; if (x > ${n}) { return text.length + x; } return part${(n * 7) % 2_400}.length; }`,
);
const bundle = `(() => { ${filler.join('\n')} let sum = 0; for (const part of [${filler.slice(0, 240).map((_, n) => `part${n}`)}]) sum += part(5);`;
const source = `${bundle} digione.register({ calls: { run: (argument) => [argument, sum] } }); })();`;
const rawSource = `${bundle} globalThis.run = (text) => JSON.stringify([JSON.parse(text), sum]); })();`;

const worker = await workerUnderTest({ isolatesPerWorker: 1_000 });
let next = 0;

/** Median of first answers of plugins that no isolate is there for, with a breath between them as real first calls have. */
async function ours(): Promise<number> {
  const times: number[] = [];
  for (let n = 0; n < each; n += 1) {
    const plugin = `p${next++}`;
    times.push(await timed(() => worker.call({ source, argument: '1', plugin })));
    worker.cells.dispose({ plugin });
    await new Promise((resolve) => setTimeout(resolve, 30));
  }
  return medianOf(times);
}

const first = new ivm.Isolate({ memoryLimit: 64 });
const compiled = (await first.compileScript(rawSource, { produceCachedData: true })) as ivm.Script &
  ivm.CachedDataResult;
const cachedData = compiled.cachedData!;
first.dispose();

async function rawOnce(): Promise<void> {
  const isolate = new ivm.Isolate({ memoryLimit: 64 });
  const [context, script] = [await isolate.createContext(), await isolate.compileScript(rawSource, { cachedData })];
  await script.run(context);
  const run = await context.global.get('run', { reference: true });
  await run.apply(undefined, ['1'], { result: { copy: true } });
  isolate.dispose();
}

async function beside(): Promise<number> {
  const times: number[] = [];
  for (let n = 0; n < each; n += 1) {
    times.push(await timed(rawOnce));
    await new Promise((resolve) => setTimeout(resolve, 30));
  }
  return medianOf(times);
}

/** Several municipalities at once use up the prepared isolates: the price without them. */
async function burst(): Promise<number> {
  const calls = Array.from({ length: 10 }, () => worker.call({ source, argument: '1', plugin: `p${next++}` }));
  const spent = (await timed(() => Promise.all(calls))) / calls.length;
  worker.cells.dispose({});
  return spent;
}

const rawBurst = async () => (await timed(() => Promise.all(Array.from({ length: 10 }, rawOnce)))) / 10;

const common = { unit: 'ms', besideName: 'isolated-vm with code cache', goal: 1.3, better: 'lower' as const };
await ours();
await report('sandbox-cold', runs, [
  await compete(
    { ...common, what: `first answer of a ${Math.round(source.length / 1000)} kB bundle, p50`, ours, beside },
    runs,
  ),
  await compete({ ...common, what: 'ten such at once, each', ours: burst, beside: rawBurst }, runs),
]);
// Isolates that still live would crash an ordinary exit.
(process as unknown as { reallyExit(code: number): never }).reallyExit(0);
