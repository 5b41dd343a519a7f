/** Something in a bundle that was not as it should be, and what the import did about it. */
export interface Problem {
  file: string;
  /** Line of the file, the header being 1; 0 when the whole file is meant. */
  line: number;
  /** Name of the column in the standard; empty when the whole row is meant. */
  column: string;
  /** What stood there, cut to 200 characters. */
  value: string;
  reason: ProblemReason;
  action: ProblemAction;
}

export type ProblemReason =
  | 'bad-date'
  | 'bad-enum'
  | 'bad-id'
  | 'bad-boolean'
  | 'bad-number'
  | 'bad-file'
  | 'duplicate-id'
  | 'duplicate-identifier'
  | 'ends-before-start'
  | 'foreign-identifier'
  | 'missing-column'
  | 'missing-file'
  | 'missing-value'
  | 'not-a-guardian'
  | 'not-kept'
  | 'not-utf-8'
  | 'odd-spelling'
  | 'too-long'
  | 'too-short'
  | 'unclosed-quote'
  | 'unknown-column'
  | 'unknown-file'
  | 'unknown-reference'
  | 'wrong-column-count';

export type ProblemAction = 'corrected' | 'row-left-out' | 'value-left-out' | 'file-left-out' | 'kept-old-value';

/** Keeps the first problems in full and counts the rest, so that a hopeless file can't fill the memory. */
export interface ProblemList {
  add(problem: Problem): void;
  /** All that another list has, with what it only counted. */
  addAll(others: Pick<ProblemList, 'kept' | 'count'>): void;
  readonly kept: readonly Problem[];
  readonly count: number;
}

export function collectProblems(limit = 10_000): ProblemList {
  const kept: Problem[] = [];
  let count = 0;
  return {
    add(problem) {
      count += 1;
      if (kept.length < limit) kept.push({ ...problem, value: ownCopy(problem.value.slice(0, 200)) });
    },
    addAll(others) {
      count += others.count;
      kept.push(...others.kept.slice(0, limit - kept.length));
    },
    kept,
    get count() {
      return count;
    },
  };
}

/** A piece of a string holds on to the whole string that it was cut from: here a chunk of the file. */
function ownCopy(value: string): string {
  return Buffer.from(value, 'utf16le').toString('utf16le');
}
