import type { Log } from '../../kernel/index.ts';
import type { Budgets } from './budgets.ts';

/**
 * Shares what this node gave with the others, again and again until disposed. Between two times each node knows only its own
 * rows, so that several together may give more than the limit by what they give in one such while.
 */
export function shareBudgets(budgets: Budgets, { everyMs, log }: { everyMs: number; log: Log }): AsyncDisposable {
  let sharing = Promise.resolve();
  const share = () => {
    sharing = sharing
      .then(() => budgets.share())
      .catch((error: unknown) => log.error({ error }, 'what plugins read could not be counted'));
  };
  const timer = setInterval(share, everyMs);
  timer.unref();
  return {
    async [Symbol.asyncDispose]() {
      clearInterval(timer);
      share();
      await sharing;
    },
  };
}
