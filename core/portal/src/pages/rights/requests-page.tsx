import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useAnswer } from '../../api/use-answer.ts';
import { Page } from '../../frame/page.tsx';
import { Answered } from '../../look/answered.tsx';
import { Chip } from '../../look/chip.tsx';
import { EmptyState } from '../../look/empty-state.tsx';
import { TableScroll } from '../../look/table-scroll.tsx';
import { useWords } from '../../look/use-words.ts';
import { BehalfForm } from './behalf-form.tsx';
import { RequestChip } from './own-request-card.tsx';
import type { RequestLine } from './rights-shapes.ts';

const columns = ['person', 'kind', 'due', 'state'] as const;

/** Requests by their due date. */
export function RequestsPage() {
  const { t } = useTranslation();
  const requests = useAnswer<RequestLine[]>('/api/officer/requests');
  return (
    <Page title={t('rights.officer.requests')} lead={t('rights.officer.requestsLead')}>
      <div className="stack stack-large">
        <Answered of={requests}>
          {(rows) =>
            rows.length === 0 ? <EmptyState title={t('rights.officer.noRequests')} /> : <Requests rows={rows} />
          }
        </Answered>
        <BehalfForm sent={requests.reload} />
      </div>
    </Page>
  );
}

function Requests({ rows }: { rows: readonly RequestLine[] }) {
  const { t } = useTranslation();
  const { shortDate } = useWords();
  return (
    <TableScroll name={t('rights.officer.requests')}>
      <table className="table">
        <caption className="hidden-text">{t('rights.officer.requests')}</caption>
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column} scope="col">
                {t(`rights.officer.${column}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.id}>
              <th scope="row">
                <Link to={`/officer/requests/${row.id}`}>{row.person.name}</Link>
              </th>
              <td>{t(`rights.kinds.${row.kind}`)}</td>
              <td>
                {shortDate(row.dueOn)} <DaysLeft of={row} />
              </td>
              <td>
                <RequestChip request={row} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </TableScroll>
  );
}

export function DaysLeft({ of: { state, daysLeft } }: { of: Pick<RequestLine, 'state' | 'daysLeft'> }) {
  const { t } = useTranslation();
  if (state !== 'open') return null;
  if (daysLeft < 0) return <Chip tone="bad">{t('rights.officer.late')}</Chip>;
  return <Chip tone={daysLeft <= 7 ? 'warn' : 'plain'}>{t('rights.officer.daysLeft', { count: daysLeft })}</Chip>;
}
