export interface Group {
  label: string;
  count: number;
}

export interface ShownGroup {
  label: string;
  /** '' for none, '1–4', or the count rounded to a multiple of three. */
  shown: string;
}

const fewest = 5;

/**
 * The national statistics' rule for small counts: 0 is blank, 1–4 is shown as "1–4", the rest is rounded to a multiple of 3.
 * One hidden group alone could be told from a total, so the next smallest is hidden with it.
 */
export function hideSmallCells(groups: readonly Group[]): ShownGroup[] {
  const small = groups.filter(({ count }) => count > 0 && count < fewest);
  const partner = small.length === 1 ? nextSmallest(groups) : undefined;
  return groups.map((group) => ({ label: group.label, shown: group === partner ? 'hidden' : shownCount(group.count) }));
}

function shownCount(count: number): string {
  if (count === 0) return '';
  return count < fewest ? '1–4' : String(Math.round(count / 3) * 3);
}

function nextSmallest(groups: readonly Group[]): Group | undefined {
  return groups.filter(({ count }) => count >= fewest).sort((one, other) => one.count - other.count)[0];
}
