import { useCallback, useState } from 'react';
import { useApi } from './api-context.ts';
import type { Problem } from './problem.ts';
import { asProblem } from './use-answer.ts';

export interface Act {
  busy: boolean;
  problem: Problem | undefined;
  /** Posts, then tells whether it was done. A second call while one is under way does nothing. */
  run(path: string, body?: unknown): Promise<boolean>;
}

export function useAct(): Act {
  const api = useApi();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem>();
  const run = useCallback(
    async (path: string, body?: unknown) => {
      setBusy(true);
      setProblem(undefined);
      try {
        await api.post(path, body);
        return true;
      } catch (cause) {
        setProblem(asProblem(cause));
        return false;
      } finally {
        setBusy(false);
      }
    },
    [api],
  );
  return { busy, problem, run };
}
