import { setTimeout } from 'node:timers/promises';
import type { Database } from '../db/index.ts';
import type { Clock, Id, Log } from '../kernel/index.ts';
import { keepMonths } from './months.ts';
import type { Sequencer } from './sequencer.ts';

const monthsEveryMs = 60 * 60_000;

/** Runs the sequencer over all municipalities, one at a time, then rests; keeps the months of the log; ends when disposed. */
export function startSequencing(options: {
  database: Database;
  sequencer: Sequencer;
  clock: Clock;
  log: Log;
  everyMs: number;
}): AsyncDisposable {
  const { database, sequencer, clock, log, everyMs } = options;
  const stopped = new AbortController();

  async function sweep(): Promise<void> {
    const municipalities = await database.global((tx) =>
      tx.query<{ id: Id }>({ text: 'select id from municipality order by code' }),
    );
    for (const { id } of municipalities) {
      while (!stopped.signal.aborted && (await sequencer.integrate(id)) > 0);
    }
  }

  let monthsKeptAt = Number.NEGATIVE_INFINITY;
  async function months(): Promise<void> {
    if (performance.now() - monthsKeptAt < monthsEveryMs) return;
    monthsKeptAt = performance.now();
    await keepMonths(database, clock, log).catch((error: unknown) =>
      log.warn({ error }, 'the months of the log could not be kept; it is tried again in an hour'),
    );
  }

  async function run(): Promise<void> {
    while (!stopped.signal.aborted) {
      await months();
      await sweep().catch((error: unknown) => log.error({ error }, 'the audit tree could not grow; it is tried again'));
      await rest(everyMs, stopped.signal);
    }
  }

  const running = run();
  return {
    async [Symbol.asyncDispose]() {
      stopped.abort();
      await running;
    },
  };
}

function rest(milliseconds: number, signal: AbortSignal): Promise<void> {
  return setTimeout(milliseconds, undefined, { signal }).catch((error: unknown) => {
    if (!signal.aborted) throw error;
  });
}
