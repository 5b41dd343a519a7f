import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import { Button } from 'suomifi-ui-components';
import { usePages } from '../../../api/use-pages.ts';
import { Page } from '../../../frame/page.tsx';
import { ErrorState } from '../../../look/error-state.tsx';
import { TableScroll } from '../../../look/table-scroll.tsx';
import { WaitingState } from '../../../look/waiting-state.tsx';
import type { RosterProblem } from './roster-shapes.ts';

/** Each remark with its place in the files, its reason, and what the import did about it. */
export function RosterProblemsPage() {
  const { t } = useTranslation();
  const { run } = useParams();
  const { items, state, problem, hasMore, more, reload } = usePages<RosterProblem>(
    `/api/municipality/imports/${run}/problems`,
  );
  const crumbs = [{ to: '/municipality/rosters', text: t('rosters.title') }];
  return (
    <Page title={t('rosters.problemsTitle')} lead={t('rosters.problemsLead')} crumbs={crumbs}>
      <div className="stack">
        {items.length > 0 && <ProblemTable items={items} />}
        {state === 'ready' && items.length === 0 && <p>{t('rosters.problemsNone')}</p>}
        {state === 'loading' && <WaitingState />}
        {state === 'failed' && problem && <ErrorState problem={problem} retry={reload} />}
        {state === 'ready' && hasMore && (
          <div>
            <Button variant="secondary" onClick={more}>
              {t('common.more')}
            </Button>
          </div>
        )}
      </div>
    </Page>
  );
}

function ProblemTable({ items }: { items: RosterProblem[] }) {
  const { t } = useTranslation();
  return (
    <TableScroll name={t('rosters.problemsTitle')}>
      <table className="table">
        <caption className="hidden-text">{t('rosters.problemsTitle')}</caption>
        <thead>
          <tr>
            {(['place', 'column', 'value', 'reason', 'done'] as const).map((name) => (
              <th key={name} scope="col">
                {t(`rosters.${name}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {items.map(({ serial, file, line, column, value, reason, action }) => (
            <tr key={serial}>
              <th scope="row">{line > 0 ? `${file}:${line}` : file}</th>
              <td>{column}</td>
              <td className="roster-value">{value}</td>
              <td>{t(`rosters.reasons.${reason}`, { defaultValue: reason })}</td>
              <td>{t(`rosters.actions.${action}`, { defaultValue: action })}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </TableScroll>
  );
}
