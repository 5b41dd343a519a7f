import { useTranslation } from 'react-i18next';
import type { TableSort } from './sorted-rows.ts';
import type { ViewOf } from './view-of.ts';

interface TableHeadProps {
  columns: ViewOf<'table'>['columns'];
  sort: TableSort | undefined;
  setSort: (sort: TableSort) => void;
}

export function TableHead({ columns, sort, setSort }: TableHeadProps) {
  const { t } = useTranslation();
  const directionOf = (key: string) => (sort?.key === key ? sort.direction : undefined);
  return (
    <thead>
      <tr>
        {columns.map(({ key, title, type, sortable }) => (
          <th
            key={key}
            scope="col"
            className={type === 'number' ? 'number' : undefined}
            aria-sort={ariaSort(directionOf(key))}
          >
            {sortable ? (
              <button
                type="button"
                className="view-sort"
                title={t('views.sortBy', { column: title })}
                onClick={() => setSort({ key, direction: directionOf(key) === 'up' ? 'down' : 'up' })}
              >
                {title}
                <span aria-hidden="true">{{ up: ' ▲', down: ' ▼', none: ' ↕' }[directionOf(key) ?? 'none']}</span>
              </button>
            ) : (
              title
            )}
          </th>
        ))}
      </tr>
    </thead>
  );
}

function ariaSort(direction: TableSort['direction'] | undefined): 'ascending' | 'descending' | undefined {
  if (direction === undefined) return undefined;
  return direction === 'up' ? 'ascending' : 'descending';
}
