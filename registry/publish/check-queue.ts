import type { Database } from '@digione/core/db';
import type { Log } from '@digione/core/kernel';
import { claimUnchecked, type Unchecked } from './queue-store.ts';

export interface CheckQueueOptions {
  database: Database;
  log: Log;
  check: (release: Unchecked) => Promise<void>;
  /** How often to look for what another node or an earlier life left behind. */
  pollMilliseconds: number;
}

/** Checks uploaded versions one after another. What a killed process left is found again: its lock ended with its connection. */
export interface CheckQueue extends AsyncDisposable {
  /** Look now. */
  wake(): void;
}

export function createCheckQueue({ database, log, check, pollMilliseconds }: CheckQueueOptions): CheckQueue {
  let closed = false;
  let again = false;
  let working: Promise<void> | undefined;

  async function drain(): Promise<void> {
    const failed = new Set<string>();
    while (!closed && (await checkNext(failed)));
  }

  /** False when nothing waits that did not fail in this round. */
  async function checkNext(failed: Set<string>): Promise<boolean> {
    return database.global(async (tx) => {
      const next = await claimUnchecked(tx, [...failed]);
      if (!next) return false;
      try {
        await check(next);
      } catch (error) {
        failed.add(`${next.plugin} ${next.version}`);
        log.error({ ...next, error: (error as Error).message }, 'a check could not be run; it is tried again later');
      }
      return true;
    });
  }

  function wake(): void {
    if (closed) return;
    if (working) {
      again = true;
      return;
    }
    working = drain()
      .catch((error: Error) => log.error({ error: error.message }, 'the check queue could not be read'))
      .finally(() => {
        working = undefined;
        if (again) {
          again = false;
          wake();
        }
      });
  }

  const timer = setInterval(wake, pollMilliseconds);
  return {
    wake,
    async [Symbol.asyncDispose]() {
      closed = true;
      clearInterval(timer);
      await working;
    },
  };
}
