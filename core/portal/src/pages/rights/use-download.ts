import { useCallback, useState } from 'react';
import { useApi } from '../../api/api-context.ts';
import type { Problem } from '../../api/problem.ts';
import { asProblem } from '../../api/use-answer.ts';

export interface Download {
  busy: boolean;
  problem: Problem | undefined;
  /** Fetched by script, so that a sign-in that is not fresh leads to a sign-in and not to a page of problem text. */
  get(path: string, name: string): Promise<void>;
}

export function useDownload(): Download {
  const api = useApi();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem>();
  const get = useCallback(
    async (path: string, name: string) => {
      setBusy(true);
      setProblem(undefined);
      try {
        offer(await api.download(path), name);
      } catch (cause) {
        setProblem(asProblem(cause));
      } finally {
        setBusy(false);
      }
    },
    [api],
  );
  return { busy, problem, get };
}

export function offer(file: Blob, name: string): void {
  const link = Object.assign(document.createElement('a'), { href: URL.createObjectURL(file), download: name });
  link.click();
  URL.revokeObjectURL(link.href);
}
