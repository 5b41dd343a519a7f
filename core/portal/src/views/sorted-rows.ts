import type { Language } from '../api/shapes.ts';
import type { ViewOf } from './view-of.ts';

type Table = ViewOf<'table'>;

export interface TableSort {
  key: string;
  direction: 'up' | 'down';
}

interface SortOptions {
  columns: Table['columns'];
  sort: TableSort | undefined;
  language: Language;
}

/** Numbers as numbers, everything else in the language's own order; empty cells last in both directions. */
export function sortedRows(rows: Table['rows'], { columns, sort, language }: SortOptions): Table['rows'] {
  const column = columns.find(({ key }) => key === sort?.key);
  if (!sort || !column) return rows;
  const collator = new Intl.Collator(language, { numeric: true });
  const sign = sort.direction === 'up' ? 1 : -1;
  const compare = (one: string | number, other: string | number) =>
    typeof one === 'number' && typeof other === 'number' ? one - other : collator.compare(String(one), String(other));
  return [...rows].sort((one, other) => {
    const [left, right] = [one.cells[sort.key] ?? null, other.cells[sort.key] ?? null];
    if (left === null || right === null) return Number(left === null) - Number(right === null);
    return sign * compare(left, right);
  });
}
