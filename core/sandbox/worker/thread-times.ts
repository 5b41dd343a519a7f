import { readdirSync, readFileSync } from 'node:fs';

const folder = '/proc/self/task';

/** Milliseconds that a thread ran, and that it waited for a processor. */
export interface ThreadTime {
  ran: number;
  waited: number;
}

/** Where a thread stood at some moment. As long as `rests` stays the same it has gone from no task to another. */
export interface Stretch {
  ran: number;
  rests: number;
}

export function stretches(times: Map<string, ThreadTime>): Map<string, Stretch> {
  return new Map([...times].map(([thread, { ran }]) => [thread, { ran, rests: restsOf(thread) }]));
}

/** How often a thread gave its processor away by itself: a thread of isolates does so between any two tasks. */
function restsOf(thread: string): number {
  try {
    const status = readFileSync(`${folder}/${thread}/status`, 'latin1');
    return Number(/^voluntary_ctxt_switches:\s+(\d+)$/m.exec(status)?.[1] ?? Number.NaN);
  } catch {
    // The thread ended between the two readings.
    return Number.NaN;
  }
}

/** Processor milliseconds of all threads but the main one: of isolates, and of V8's helpers, so rather too much than too little. */
export function timeOfIsolates(): number {
  const all = process.cpuUsage();
  const main = process.threadCpuUsage();
  return (all.user + all.system - main.user - main.system) / 1e3;
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
