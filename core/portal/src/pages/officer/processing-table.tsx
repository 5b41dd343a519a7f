import { useTranslation } from 'react-i18next';
import { EmptyState } from '../../look/empty-state.tsx';
import { TableScroll } from '../../look/table-scroll.tsx';
import { useNamed } from '../../look/use-named.ts';
import { useWords } from '../../look/use-words.ts';
import type { ProcessingActivity } from './officer-shapes.ts';

const columns = ['plugin', 'purpose', 'basis', 'fields', 'processor', 'kept', 'schools', 'ends'] as const;

export function ProcessingTable({ rows }: { rows: readonly ProcessingActivity[] }) {
  const { t } = useTranslation();
  const { pick, shortDate } = useWords();
  const named = useNamed();
  if (rows.length === 0) return <EmptyState title={t('officer.noAgreements')} />;
  return (
    <TableScroll name={t('officer.processingLead')}>
      <table className="table">
        <caption className="hidden-text">{t('officer.processing')}</caption>
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column} scope="col">
                {t(`officer.${column}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={`${row.plugin} ${row.agreedAt} ${row.purpose}`}>
              <th scope="row">{pick(row.name) || row.plugin}</th>
              <td>{pick(row.purposeText) || row.purpose}</td>
              <td>{row.legalBases.map((basis) => named(`terms.basesLong.${basis}`, basis)).join(', ')}</td>
              <td>{row.fields.map(({ text }) => pick(text)).join(', ')}</td>
              <td>
                {[row.processor && `${row.processor.name} (${row.processor.country})`, ...row.recipients]
                  .filter(Boolean)
                  .join(', ')}
              </td>
              <td>{row.retentionDays}</td>
              <td>{row.schools}</td>
              <td>{shortDate(row.expiresOn)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </TableScroll>
  );
}
