import { useCallback, useEffect, useState } from 'react';
import { useApi } from './api-context.ts';
import { Problem } from './problem.ts';

export type Answer<T> = { state: 'loading' } | { state: 'failed'; problem: Problem } | { state: 'ready'; value: T };
export type LiveAnswer<T> = Answer<T> & { reload: () => void };

/** Reads one path of the API; asks again when the path changes or `reload` is called, keeping the old value on screen meanwhile. */
export function useAnswer<T>(path: string): LiveAnswer<T> {
  const api = useApi();
  const [round, setRound] = useState(0);
  const [held, setHeld] = useState<{ path: string; answer: Answer<T> }>({ path, answer: { state: 'loading' } });

  // biome-ignore lint/correctness/useExhaustiveDependencies: a new round means: ask again
  useEffect(() => {
    const gone = new AbortController();
    api.get<T>(path, gone.signal).then(
      (value) => !gone.signal.aborted && setHeld({ path, answer: { state: 'ready', value } }),
      (cause: unknown) =>
        !gone.signal.aborted && setHeld({ path, answer: { state: 'failed', problem: asProblem(cause) } }),
    );
    return () => gone.abort();
  }, [api, path, round]);

  const reload = useCallback(() => setRound((last) => last + 1), []);
  return { ...(held.path === path ? held.answer : { state: 'loading' as const }), reload };
}

export function asProblem(cause: unknown): Problem {
  return cause instanceof Problem ? cause : new Problem({ status: 0, code: 'unexpected' });
}
