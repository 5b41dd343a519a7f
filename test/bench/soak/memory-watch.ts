import type { Sandbox } from '@digione/core/sandbox';
import { medianOf } from '../harness.ts';
import { type Stalls, watchStalls } from '../stall-watch.ts';

const everyMs = 2_000;

export interface MemoryStory {
  /** Megabytes in the second fifth of the run and in its last: the least that garbage collections leave. */
  heap: [number, number];
  /** The same, medians: workers are killed and begin again. */
  workers: [number, number];
  largestWorker: number;
  stalls: Stalls;
}

/** Watches this process, where the supervisor lives, and its workers. */
export function watchMemory(sandbox: Sandbox): { end: () => MemoryStory } {
  const samples: { heap: number; workers: number; largest: number }[] = [];
  const loop = watchStalls();
  const timer = setInterval(() => {
    // As the core does, which keeps them elsewhere.
    sandbox.takeDeltas();
    const sizes = sandbox.figures().workers.map(({ rss }) => rss / 1e6);
    const workers = sizes.reduce((sum, size) => sum + size, 0);
    samples.push({ heap: process.memoryUsage().heapUsed / 1e6, workers, largest: Math.max(0, ...sizes) });
  }, everyMs);
  return {
    end() {
      clearInterval(timer);
      const fifth = Math.floor(samples.length / 5);
      const early = samples.slice(fifth, fifth * 2);
      const late = samples.slice(-fifth);
      const floor = (part: typeof samples) => Math.min(...part.map(({ heap }) => heap));
      const usual = (part: typeof samples) => medianOf(part.map(({ workers }) => workers));
      const largestWorker = Math.max(...samples.map(({ largest }) => largest));
      return {
        heap: [floor(early), floor(late)],
        workers: [usual(early), usual(late)],
        largestWorker,
        stalls: loop.end(),
      };
    },
  };
}
