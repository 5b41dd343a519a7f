import { setTimeout } from 'node:timers/promises';
import type { Database } from '../db/index.ts';
import { listMunicipalities } from '../education/index.ts';
import type { Log } from '../kernel/index.ts';
import type { ConsentLife } from './life.ts';

export interface LifeRounds {
  database: Database;
  life: ConsentLife;
  log: Log;
  everyMs: number;
}

/** Ends what is due in every municipality, again and again until disposed. Two nodes at it divide the work. */
export function startConsentLife({ database, life, log, everyMs }: LifeRounds): AsyncDisposable {
  const stopped = new AbortController();

  async function sweep(): Promise<void> {
    for (const { id } of await database.global((tx) => listMunicipalities(tx))) {
      while (!stopped.signal.aborted && (await life.endDue(id)) > 0);
      while (!stopped.signal.aborted && (await life.eraseDue(id)) > 0);
    }
  }

  async function run(): Promise<void> {
    while (!stopped.signal.aborted) {
      await sweep().catch((error: unknown) => log.error({ error }, 'consents that are due could not be ended'));
      await setTimeout(everyMs, undefined, { signal: stopped.signal }).catch((error: unknown) => {
        if (!stopped.signal.aborted) throw error;
      });
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
