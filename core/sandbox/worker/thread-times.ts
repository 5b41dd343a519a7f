import { readdirSync, readFileSync } from 'node:fs';

const folder = '/proc/self/task';

/** Processor milliseconds of every thread of this process; empty where the system does not tell. */
export function threadTimes(except: ReadonlySet<string> = new Set()): Map<string, number> {
  const times = new Map<string, number>();
  for (const thread of threads()) if (!except.has(thread)) times.set(thread, timeOf(thread));
  return times;
}

function threads(): string[] {
  try {
    return readdirSync(folder);
  } catch {
    // Only Linux has the folder; the watchdog then counts wall time, with patience.
    return [];
  }
}

function timeOf(thread: string): number {
  try {
    return Number(readFileSync(`${folder}/${thread}/schedstat`, 'latin1').split(' ')[0]) / 1e6;
  } catch {
    // The thread ended between the two readings.
    return 0;
  }
}
