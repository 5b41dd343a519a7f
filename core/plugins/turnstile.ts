/** A plugin in a municipality. */
export interface TurnstilePlace {
  municipality: string;
  plugin: string;
}

/**
 * When rights narrow or widen, contexts must go; a call in one of them, which may have written already, may end first. Each of
 * its reads is decided live anyway. Calls that come meanwhile wait for the new contexts.
 */
export interface Turnstile {
  pass<T>(place: TurnstilePlace, call: () => Promise<T>): Promise<T>;
  /** Waits for the calls that run, bounded by their own deadline, then clears, then lets the waiting ones go. */
  clear(place: TurnstilePlace, clearing: () => Promise<void>): Promise<void>;
}

interface Lane {
  running: Set<Promise<unknown>>;
  clearing: Promise<void> | undefined;
}

export function createTurnstile(): Turnstile {
  const lanes = new Map<string, Lane>();

  function laneOf({ municipality, plugin }: TurnstilePlace): [string, Lane] {
    const name = `${municipality} ${plugin}`;
    const lane = lanes.get(name) ?? { running: new Set(), clearing: undefined };
    lanes.set(name, lane);
    return [name, lane];
  }

  function forget(name: string, lane: Lane): void {
    if (lane.running.size === 0 && !lane.clearing && lanes.get(name) === lane) lanes.delete(name);
  }

  return {
    async pass(place, call) {
      const [name, lane] = laneOf(place);
      while (lane.clearing) await lane.clearing;
      lanes.set(name, lane);
      const running = call();
      lane.running.add(running);
      try {
        return await running;
      } finally {
        lane.running.delete(running);
        forget(name, lane);
      }
    },
    async clear(place, clearing) {
      const [name, lane] = laneOf(place);
      const before = lane.clearing ?? Promise.resolve();
      const done = before
        .then(() => Promise.allSettled(lane.running))
        .then(clearing)
        .finally(() => {
          if (lane.clearing === quiet) lane.clearing = undefined;
          forget(name, lane);
        });
      // Whoever waits at the turnstile is not the one to hear why clearing failed.
      const quiet: Promise<void> = done.catch(() => undefined);
      lane.clearing = quiet;
      await done;
    },
  };
}
