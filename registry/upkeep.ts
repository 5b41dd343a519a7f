import type { Database } from '@digione/core/db';
import type { Clock, Log } from '@digione/core/kernel';
import type { Trust } from './trust/index.ts';
import { forgetExpiredTokens } from './vendors/index.ts';

const hour = 60 * 60 * 1000;
const day = 24 * hour;

export interface UpkeepOptions {
  database: Database;
  trust: Trust;
  clock: Clock;
  log: Log;
}

/** Once an hour: signatures that near their end are made anew, tokens long expired are forgotten. */
export function startUpkeep({ database, trust, clock, log }: UpkeepOptions): AsyncDisposable {
  let working: Promise<void> = Promise.resolve();
  const timer = setInterval(() => {
    working = working
      .then(() => trust.renew())
      .then(() => database.global((tx) => forgetExpiredTokens(tx, new Date(clock.now().getTime() - day))))
      .catch((error: Error) => log.error({ error: error.message }, 'upkeep failed; it is tried again in an hour'));
  }, hour);
  return {
    async [Symbol.asyncDispose]() {
      clearInterval(timer);
      await working;
    },
  };
}
