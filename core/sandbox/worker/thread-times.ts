import { readdirSync, readFileSync } from 'node:fs';

const folder = '/proc/self/task';

/** Milliseconds that a thread ran, and that it waited for a processor. */
export interface ThreadTime {
  ran: number;
  waited: number;
}

/** Times of every thread of this process; empty where the system does not tell. */
export function threadTimes(except: ReadonlySet<string> = new Set()): Map<string, ThreadTime> {
  const times = new Map<string, ThreadTime>();
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

function timeOf(thread: string): ThreadTime {
  try {
    const [ran, waited] = readFileSync(`${folder}/${thread}/schedstat`, 'latin1').split(' ');
    return { ran: Number(ran) / 1e6, waited: Number(waited) / 1e6 };
  } catch {
    // The thread ended between the two readings.
    return { ran: 0, waited: 0 };
  }
}
