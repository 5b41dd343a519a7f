export interface Group {
  label: string;
  count: number;
  /** The whole that the count is a part of, when a percentage is wanted. */
  of?: number;
}

export interface ShownGroup {
  label: string;
  /** '' for none, '1–4', 'hidden', or the count rounded to a multiple of three. */
  shown: string;
  /** A percentage, or a range of them where a part is hidden; '' where nothing can be said. */
  percent?: string;
}

export interface ShownCounts {
  groups: ShownGroup[];
  /** All groups together, in the same words; 'hidden' where it would tell of a hidden group. */
  total: string;
}

const fewest = 5;

/**
 * The national statistics' rule for small counts: 0 is blank, 1–4 is shown as "1–4", the rest is rounded to a multiple of 3.
 * One hidden group alone could be told from a total, so the next smallest is hidden with it, or the total where there is none.
 */
export function hideSmallCells(groups: readonly Group[]): ShownCounts {
  const small = groups.filter(({ count }) => isSmall(count));
  const partner = small.length === 1 ? nextSmallest(groups) : undefined;
  const sum = groups.reduce((all, { count }) => all + count, 0);
  const shown = groups.map((group) => {
    const text = group === partner ? 'hidden' : shownCount(group.count);
    return { label: group.label, shown: text, ...percentOf(group, text) };
  });
  return { groups: shown, total: shownCount(sum) };
}

/** A survey of fewer than five answers says nothing at all. */
export function hideSmallSurvey(groups: readonly Group[]): ShownCounts {
  const answers = groups.reduce((all, { count }) => all + count, 0);
  if (answers >= fewest) return hideSmallCells(groups);
  return { groups: groups.map(({ label }) => ({ label, shown: '' })), total: '' };
}

/** Whether two counts of overlapping things are so close that their difference tells of one to four persons. */
export function tellsOfFew(one: number, other: number): boolean {
  return isSmall(Math.abs(one - other));
}

function isSmall(count: number): boolean {
  return count > 0 && count < fewest;
}

function shownCount(count: number): string {
  if (count === 0) return '';
  return isSmall(count) ? '1–4' : String(Math.round(count / 3) * 3);
}

/** From what is shown alone: a hidden part or whole gives the range that it could be. */
function percentOf({ count, of }: Group, shown: string): { percent?: string } {
  if (of === undefined) return {};
  const whole = boundsOf(of, shownCount(of));
  const part = boundsOf(count, shown);
  if (!whole || whole.most === 0 || !part) return { percent: '' };
  const least = Math.floor((100 * part.least) / whole.most);
  const most = Math.min(100, Math.ceil((100 * part.most) / whole.least));
  return { percent: least === most ? `${least} %` : `${least}–${most} %` };
}

function boundsOf(count: number, shown: string): { least: number; most: number } | undefined {
  if (shown === 'hidden') return undefined;
  if (shown === '') return { least: 0, most: 0 };
  if (shown === '1–4') return { least: 1, most: 4 };
  const rounded = Math.round(count / 3) * 3;
  return { least: rounded - 1, most: rounded + 1 };
}

function nextSmallest(groups: readonly Group[]): Group | undefined {
  return groups.filter(({ count }) => count >= fewest).sort((one, other) => one.count - other.count)[0];
}
