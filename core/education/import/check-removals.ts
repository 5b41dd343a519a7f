import { isLoadedFile, type LoadedFile } from './bundle-files.ts';
import type { ImportCounts } from './merge-file.ts';

/** Kinds of which more than the limit's share would be removed. Guardianships count with the users that name them. */
export function checkRemovals(counts: ImportCounts, limit: number): LoadedFile[] {
  const tooMuch = new Set<LoadedFile>();
  for (const [name, count] of Object.entries(counts)) {
    if (typeof count === 'number' || count.removed <= count.before * limit) continue;
    tooMuch.add(isLoadedFile(name) ? name : 'users');
  }
  return [...tooMuch];
}
