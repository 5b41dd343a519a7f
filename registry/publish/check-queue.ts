import type { Database } from '@digione/core/db';
import type { Log } from '@digione/core/kernel';
import type { Release } from './release-store.ts';

type Waiting = Pick<Release, 'plugin' | 'version'>;

export interface CheckQueueOptions {
  database: Database;
  log: Log;
  check: (release: Waiting) => Promise<void>;
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
      // the lock lives as long as this transaction, the state changes commit on their own
      const [next] = await tx.query<Waiting>({
        name: 'check-next',
        text: `select plugin, version from (
                 select plugin, version from release
                 where state in ('uploaded', 'checking') and plugin || ' ' || version <> all($1::text[])
                 order by published_at limit 20 offset 0
               ) waiting
               where pg_try_advisory_xact_lock(hashtext('digione registry check'), hashtext(plugin || ' ' || version)) limit 1`,
        values: [[...failed]],
      });
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
