import { type Log, Refusal } from '../kernel/index.ts';
import { mirror, type MirrorDeps, type MirrorRun } from './mirror.ts';

/** Follows the registry: one run at a time, every few seconds, and at once when somebody asks. */
export interface Poller extends AsyncDisposable {
  start(): void;
  /** Waits for a run that began after the call. Refuses when the registry can't be followed. */
  sync(): Promise<void>;
}

export function createPoller(deps: MirrorDeps, { everyMs }: { everyMs: number }): Poller {
  let timer: NodeJS.Timeout | undefined;
  let last: MirrorRun | undefined;
  let turn: Promise<void> = Promise.resolve();
  let closed = false;

  function sync(): Promise<void> {
    const run = turn.then(async () => {
      last = await mirror(deps, last);
    });
    turn = run.catch(() => undefined); // who asked hears of the failure; the next in line starts anew
    return run;
  }

  async function poll(): Promise<void> {
    await sync().catch((error: unknown) => sayFailure(deps.log, error));
    if (closed) return;
    timer = setTimeout(poll, everyMs);
    timer.unref();
  }

  return {
    start: () => void poll(),
    sync,
    async [Symbol.asyncDispose]() {
      closed = true;
      clearTimeout(timer);
      await turn;
    },
  };
}

/** A registry that is away is no failure of this node: it says so once per run and goes on with what it holds. */
function sayFailure(log: Log, error: unknown): void {
  if (error instanceof Refusal) log.debug({ code: error.code }, 'the registry could not be followed');
  else log.error({ error }, 'following the registry failed');
}
