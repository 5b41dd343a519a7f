import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import type { SchoolPlugin } from '../../api/shapes.ts';
import { useAnswer } from '../../api/use-answer.ts';
import { Page } from '../../frame/page.tsx';
import { useLive } from '../../live/live-context.ts';
import { Answered } from '../../look/answered.tsx';
import { Chip } from '../../look/chip.tsx';
import { EmptyState } from '../../look/empty-state.tsx';
import { useWords } from '../../look/use-words.ts';
import { TableScroll } from '../../look/table-scroll.tsx';

export function SchoolPage() {
  const { t } = useTranslation();
  const plugins = useAnswer<SchoolPlugin[]>('/api/school/plugins');
  useLive(
    'plugin',
    useCallback(() => plugins.reload(), [plugins.reload]),
  );
  return (
    <Page title={t('school.title')} lead={t('school.lead')}>
      <Answered of={plugins}>
        {(list) =>
          list.length === 0 ? (
            <EmptyState title={t('school.emptyTitle')} text={t('school.empty')} />
          ) : (
            <SchoolTable plugins={list} />
          )
        }
      </Answered>
    </Page>
  );
}

function SchoolTable({ plugins }: { plugins: readonly SchoolPlugin[] }) {
  const { t } = useTranslation();
  const { pick } = useWords();
  return (
    <TableScroll name={t('school.title')}>
      <table className="table">
        <caption className="hidden-text">{t('school.title')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('school.plugin')}</th>
            <th scope="col">{t('common.version', { version: '' }).trim()}</th>
            <th scope="col">{t('school.status')}</th>
          </tr>
        </thead>
        <tbody>
          {plugins.map((plugin) => (
            <tr key={plugin.plugin}>
              <th scope="row">{pick(plugin.name)}</th>
              <td>{plugin.version}</td>
              <td>
                <Chip tone={plugin.status === 'enabled' ? 'good' : 'warn'}>{t(`school.${plugin.status}`)}</Chip>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </TableScroll>
  );
}
