/** Values of a generator, taken before they are asked for. */
export interface ReadAhead<T> extends AsyncDisposable {
  values(): AsyncGenerator<T>;
}

interface Limit<T> {
  sizeOf(value: T): number;
  /** Goes on taking until so much waits. */
  most: number;
}

/** Goes on reading while whoever asked for the values is busy, until enough of them wait. Errors come in their turn. */
export function readAhead<T>(source: AsyncGenerator<T>, { sizeOf, most }: Limit<T>): ReadAhead<T> {
  const waiting: T[] = [];
  let held = 0;
  let state: { ended: boolean; error?: unknown } = { ended: false };
  let stopped = false;
  let changed = Promise.withResolvers<void>();
  const change = (): void => {
    changed.resolve();
    changed = Promise.withResolvers();
  };
  const filling = fill().then(
    () => ({ ended: true }),
    (error: unknown) => ({ ended: true, error }),
  );
  void filling.then((end) => {
    state = end;
    change();
  });

  async function fill(): Promise<void> {
    for await (const value of source) {
      waiting.push(value);
      held += sizeOf(value);
      change();
      while (held > most && !stopped) await changed.promise;
      if (stopped) return;
    }
  }

  return {
    async *values() {
      for (;;) {
        const value = waiting.shift();
        if (value !== undefined) {
          held -= sizeOf(value);
          change();
          yield value;
        } else if (state.ended) {
          if ('error' in state) throw state.error;
          return;
        } else await changed.promise;
      }
    },
    async [Symbol.asyncDispose]() {
      stopped = true;
      change();
      await filling;
    },
  };
}
