import { useCallback, useEffect, useState } from 'react';
import { useApi } from './api-context.ts';
import type { Problem } from './problem.ts';
import type { Listed } from './shapes.ts';
import { asProblem } from './use-answer.ts';

export interface Paged<T> {
  items: T[];
  state: 'loading' | 'ready' | 'failed';
  problem: Problem | undefined;
  hasMore: boolean;
  more: () => void;
  reload: () => void;
}

const nothing = { items: [], next: undefined };

/** A list that is read a page at a time; `path` already has its filters. */
export function usePages<T>(path: string): Paged<T> {
  const api = useApi();
  const [listed, setListed] = useState<{ items: T[]; next?: string | null }>(nothing);
  const [state, setState] = useState<Paged<T>['state']>('loading');
  const [problem, setProblem] = useState<Problem>();
  const [round, setRound] = useState(0);

  const read = useCallback(
    async (cursor: string | undefined, signal?: AbortSignal) => {
      setState('loading');
      try {
        const page = await api.get<Listed<T>>(
          cursor ? `${path}${path.includes('?') ? '&' : '?'}cursor=${encodeURIComponent(cursor)}` : path,
          signal,
        );
        if (signal?.aborted) return;
        setListed((before) => ({ items: cursor ? [...before.items, ...page.items] : page.items, next: page.next }));
        setState('ready');
      } catch (cause) {
        if (signal?.aborted) return;
        setProblem(asProblem(cause));
        setState('failed');
      }
    },
    [api, path],
  );

  // biome-ignore lint/correctness/useExhaustiveDependencies: a new round means: ask again
  useEffect(() => {
    const gone = new AbortController();
    void read(undefined, gone.signal);
    return () => gone.abort();
  }, [read, round]);

  return {
    items: listed.items,
    state,
    problem,
    hasMore: Boolean(listed.next),
    more: () => void read(listed.next ?? undefined),
    reload: () => setRound((last) => last + 1),
  };
}
