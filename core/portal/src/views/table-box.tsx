import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useWords } from '../look/use-words.ts';
import { sortedRows, type TableSort } from './sorted-rows.ts';
import { TableHead } from './table-head.tsx';
import { TablePager } from './table-pager.tsx';
import { TableRow } from './table-row.tsx';
import { TableScroll } from '../look/table-scroll.tsx';
import type { ViewOf } from './view-of.ts';

const usualPage = 25;

/** A table with sorting by a column's own kind and with pages. */
export function TableBox({ view: { caption, columns, rows, pageSize = usualPage } }: { view: ViewOf<'table'> }) {
  const { t } = useTranslation();
  const { language } = useWords();
  const [sort, setSort] = useState<TableSort>();
  const [page, setPage] = useState(0);
  const sorted = useMemo(() => sortedRows(rows, { columns, sort, language }), [rows, columns, sort, language]);
  const pages = Math.max(1, Math.ceil(sorted.length / pageSize));
  const shown = Math.min(page, pages - 1);
  return (
    <div className="view-table">
      <TableScroll name={caption}>
        <table className="table">
          <caption>{caption}</caption>
          <TableHead columns={columns} sort={sort} setSort={setSort} />
          <tbody>
            {sorted.slice(shown * pageSize, (shown + 1) * pageSize).map((row) => (
              <TableRow key={rows.indexOf(row)} columns={columns} row={row} />
            ))}
          </tbody>
        </table>
      </TableScroll>
      {rows.length === 0 && <p className="quiet">{t('views.emptyTable')}</p>}
      {pages > 1 && <TablePager label={caption} page={shown} pages={pages} setPage={setPage} />}
    </div>
  );
}
