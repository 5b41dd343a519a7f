import { useTranslation } from 'react-i18next';
import { useWords } from '../look/use-words.ts';
import { TableScroll } from '../look/table-scroll.tsx';
import type { ViewOf } from './view-of.ts';

export function ChartTable({ view: { title, categories, series } }: { view: ViewOf<'chart'> }) {
  const { t } = useTranslation();
  const { language } = useWords();
  const number = new Intl.NumberFormat(language);
  return (
    <TableScroll name={title}>
      <table className="table">
        <caption>{title}</caption>
        <thead>
          <tr>
            <th scope="col">{t('views.label')}</th>
            {series.map(({ name }) => (
              <th key={name} scope="col" className="number">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {categories.map((category, place) => (
            <tr key={category}>
              <th scope="row">{category}</th>
              {series.map(({ name, values }) => {
                const value = values[place] ?? null;
                return (
                  <td key={name} className="number">
                    {value === null ? '–' : number.format(value)}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </TableScroll>
  );
}
