import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { Sandbox } from '@digione/core/sandbox';
import { medianOf } from '../harness.ts';

const everyMs = 2_000;

export interface MemoryStory {
  /** Megabytes in the second fifth of the run and in its last, once everything has been used. */
  heap: [number, number];
  workers: [number, number];
  largestWorker: number;
  /** Longest time in milliseconds in which the core's loop did nothing else. */
  longestStall: number;
}

/** Watches this process, where the supervisor lives, and its workers. */
export function watchMemory(sandbox: Sandbox): { end: () => MemoryStory } {
  const samples: { heap: number; workers: number; largest: number }[] = [];
  const loop = monitorEventLoopDelay({ resolution: 10 });
  loop.enable();
  const timer = setInterval(() => {
    globalThis.gc?.();
    const sizes = sandbox.figures().workers.map(({ rss }) => rss / 1e6);
    const workers = sizes.reduce((sum, size) => sum + size, 0);
    samples.push({ heap: process.memoryUsage().heapUsed / 1e6, workers, largest: Math.max(0, ...sizes) });
  }, everyMs);
  return {
    end() {
      clearInterval(timer);
      loop.disable();
      const fifth = Math.floor(samples.length / 5);
      const early = samples.slice(fifth, fifth * 2);
      const late = samples.slice(-fifth);
      const pair = (of: 'heap' | 'workers'): [number, number] => [
        medianOf(early.map((sample) => sample[of])),
        medianOf(late.map((sample) => sample[of])),
      ];
      const largestWorker = Math.max(...samples.map(({ largest }) => largest));
      return { heap: pair('heap'), workers: pair('workers'), largestWorker, longestStall: loop.max / 1e6 };
    },
  };
}
