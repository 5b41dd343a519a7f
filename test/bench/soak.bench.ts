// 300 plugins in 5 municipalities for half an hour, with deploys, withdrawals, floods and killed workers all the while.
// Not part of `npm run bench` without names. DIGIONE_SOAK_MINUTES makes it shorter.
import { createSandbox, defaultLimits } from '@digione/core/sandbox';
import { createLog } from '@digione/core/kernel';
import { report, type Row } from './harness.ts';
import { disturb } from './soak/disturbances.ts';
import { watchMemory } from './soak/memory-watch.ts';
import { newTally, soakCall, type SoakTools } from './soak/soak-calls.ts';
import { soakWorld } from './soak/soak-world.ts';

const minutes = Number(process.env['DIGIONE_SOAK_MINUTES'] ?? 30);
const lines = 16;
const thinkMs = 10;
const patienceMs = 60_000;

/** A seeded generator: two runs do the same. */
function seeded(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state * 1_664_525 + 1_013_904_223) % 4_294_967_296;
    return Math.floor((state / 4_294_967_296) * below);
  };
}

const interactive = { ...defaultLimits.interactive, wallMs: 10_000 };
const sandbox = await createSandbox({
  workers: 2,
  spares: 1,
  log: createLog({ name: 'soak', level: 'silent' }),
  // Several hundred isolates would hide a leak behind their sheer number.
  limits: { interactive, isolatesPerWorker: 150 },
});
const tools: SoakTools = { sandbox, world: soakWorld(), tally: newTally(), random: seeded(5) };
const { tally } = tools;
const ends = performance.now() + minutes * 60_000;

async function line(): Promise<void> {
  while (performance.now() < ends) {
    await soakCall(tools);
    await new Promise((resolve) => setTimeout(resolve, thinkMs));
  }
}

const memory = watchMemory(sandbox);
const disturbance = disturb(tools);
await Promise.all(Array.from({ length: lines }, line));
disturbance.stop();
await Promise.race([Promise.allSettled([...tally.open]), new Promise((resolve) => setTimeout(resolve, patienceMs))]);
const story = memory.end();
const lost = tally.open.size;
await sandbox[Symbol.asyncDispose]();

function row(what: string, unit: string, ours: number, most: number): Row {
  const met = ours <= most;
  return { what, unit, ours, beside: most, besideName: 'at most', ratio: ours, goal: most, met, spread: [ours, ours] };
}

/** Only told: nothing to reach. */
const count = (what: string, ours: number) => row(what, 'times', ours, ours);
const { counts } = disturbance;
await report('soak', 1, [
  count(`calls in ${minutes} minutes, 300 plugins × 5 municipalities`, tally.started),
  count('answered', tally.answered),
  count('deploys', counts.deploys),
  count('withdrawals', counts.withdrawals),
  count('workers killed', counts.kills),
  count('floods of 150 calls', counts.floods),
  ...Object.entries(tally.refused.honest).map(([code, times]) => count(`honest plugins: ${code}`, times)),
  ...Object.entries(tally.refused.hostile).map(([code, times]) => count(`hostile plugins: ${code}`, times)),
  row('calls without an answer or an error', 'calls', lost, 0),
  row('answers of somebody else', 'answers', tally.crossTalk.length, 0),
  row('heap of the core, last fifth ÷ second fifth', '×', story.heap[1] / story.heap[0], 1.15),
  row('memory of all workers, last fifth ÷ second fifth', '×', story.workers[1] / story.workers[0], 1.25),
  count('heap of the core in the last fifth, MB', Math.round(story.heap[1])),
  row('largest worker', 'MB', story.largestWorker, 1_800),
  row('longest work of the core in one turn of its loop', 'ms', story.stalls.work, 100),
  count('longest time between two turns, ms, others on the machine included', Math.round(story.stalls.wall)),
]);
for (const sentence of tally.crossTalk.slice(0, 20)) console.log(sentence);
process.exit(lost === 0 && tally.crossTalk.length === 0 ? 0 : 1);
