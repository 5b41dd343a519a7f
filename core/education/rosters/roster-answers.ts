import type { Language } from '../../kernel/index.ts';
import { describeImport } from '../import/describe-import.ts';
import type { ImportRun } from '../import/import-runs-store.ts';
import type { ReportNumbers, RosterLoad } from './roster-loads-store.ts';

/** A roster as its administrator reads it. */
export function rosterAnswer(load: RosterLoad, language: Language) {
  const { id, source, bytes, receivedAt, state, run, refusal, report } = load;
  return {
    ...{ id, source, bytes: Number(bytes), receivedAt: receivedAt.toISOString(), state, run, refusal },
    progress: load.progress,
    words: report ? wordsOf(report, language) : [],
    tooMuchRemoved: report ? [...report.tooMuchRemoved] : [],
    problems: report?.problemCount ?? 0,
  };
}

export function runAnswer({ id, outcome, startedAt, endedAt, counts, problems }: ImportRun, language: Language) {
  const words = wordsOf({ outcome, counts, problemCount: problems, tooMuchRemoved: [] }, language);
  return { id, outcome, startedAt: startedAt.toISOString(), endedAt: endedAt.toISOString(), words, problems };
}

function wordsOf(report: ReportNumbers, language: Language): string[] {
  return describeImport({ ...report, problems: [] }, language);
}
