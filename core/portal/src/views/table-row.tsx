import { useWords, type Words } from '../look/use-words.ts';
import { useSurface } from './surface-context.ts';
import type { ViewOf } from './view-of.ts';

type Table = ViewOf<'table'>;

/** The first cell names the row, and carries its action if there is one. */
export function TableRow({ columns, row }: { columns: Table['columns']; row: Table['rows'][number] }) {
  const { act, busy } = useSurface();
  const words = useWords();
  const [first, ...others] = columns;
  if (!first) return null;
  const { action } = row;
  const name = cellWords(row.cells[first.key], first.type, words);
  return (
    <tr>
      <th scope="row" className={first.type}>
        {action ? (
          <button type="button" className="view-press" aria-disabled={busy} onClick={() => !busy && void act(action)}>
            {name}
          </button>
        ) : (
          name
        )}
      </th>
      {others.map(({ key, type }) => (
        <td key={key} className={type}>
          {cellWords(row.cells[key], type, words)}
        </td>
      ))}
    </tr>
  );
}

function cellWords(
  cell: string | number | null | undefined,
  type: Table['columns'][number]['type'],
  { shortDate, language }: Words,
): string {
  if (cell === null || cell === undefined || cell === '') return '–';
  if (type === 'date' && typeof cell === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(cell)) return shortDate(cell);
  return typeof cell === 'number' ? new Intl.NumberFormat(language).format(cell) : cell;
}
