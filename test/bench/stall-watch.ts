import { readFileSync } from 'node:fs';

const everyMs = 10;

export interface Stalls {
  /** Longest stretch of the loop's own work in milliseconds: what a busy machine can't be blamed for. */
  work: number;
  /** Longest time between two turns, in which the machine may also have run others. */
  wall: number;
}

/** Watches the event loop of this process. The kernel's account of the main thread tells work from waiting for a processor. */
export function watchStalls(): { end: () => Stalls } {
  const longest: Stalls = { work: 0, wall: 0 };
  let last = { at: performance.now(), ran: ranMs() };
  const timer = setInterval(() => {
    const now = { at: performance.now(), ran: ranMs() };
    longest.work = Math.max(longest.work, now.ran - last.ran);
    longest.wall = Math.max(longest.wall, now.at - last.at - everyMs);
    last = now;
  }, everyMs);
  return {
    end() {
      clearInterval(timer);
      return longest;
    },
  };
}

function ranMs(): number {
  try {
    return Number(readFileSync('/proc/self/schedstat', 'latin1').split(' ')[0]) / 1e6;
  } catch {
    // Only Linux tells; elsewhere the whole process's account stands in.
    const { user, system } = process.cpuUsage();
    return (user + system) / 1e3;
  }
}
