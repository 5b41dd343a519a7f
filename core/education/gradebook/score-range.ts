import { refuse } from '../../kernel/index.ts';

/** Range of the numbers of a line item; null where none are used. */
export interface ScoreRange {
  min: number | null;
  max: number | null;
}

export interface Score {
  scoreStatus: string;
  score: number | null;
  textScore: string | null;
}

/** Marks of basic education run from 4 to 10; tests use halves and quarters (8½, 9−). */
const marks = { min: 4, max: 10 };
const isMarks = ({ min, max }: ScoreRange): boolean => min === marks.min && max === marks.max;

export function rangeOf(scale: '4-10' | 'H' | 'S' | 'O' | 'points', maxPoints: number | undefined): ScoreRange {
  if (scale === '4-10') return marks;
  if (scale !== 'points') return { min: null, max: null };
  return maxPoints === undefined
    ? refuse('invalid', 'An item in points needs the most points.')
    : { min: 0, max: maxPoints };
}

/** A graded result has a number within the range or one of the words, not both; an ungraded one has neither. */
export function checkScore({ scoreStatus, score, textScore }: Score, range: ScoreRange): void {
  const isGraded = scoreStatus === 'fully graded' || scoreStatus === 'partially graded';
  if (!isGraded) {
    if (score !== null || textScore !== null) refuse('invalid', 'Only a graded result has a score.');
    return;
  }
  if ((score === null) === (textScore === null)) refuse('invalid', 'A graded result has a number or H, S or O.');
  if (score === null) return;
  if (range.min === null || range.max === null) refuse('invalid', 'Results of this item are H, S or O.');
  if (score < range.min || score > range.max)
    refuse('invalid', `A result of this item is from ${range.min} to ${range.max}.`);
  if (isMarks(range) && !Number.isInteger(score * 4)) refuse('invalid', 'A mark is whole, a half or a quarter.');
}
