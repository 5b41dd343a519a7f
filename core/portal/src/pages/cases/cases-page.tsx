import { useTranslation } from 'react-i18next';
import { Page } from '../../frame/page.tsx';
import { CaseList } from './case-list.tsx';

export function CasesPage() {
  const { t } = useTranslation();
  return (
    <Page title={t('cases.title')} lead={t('cases.lead')}>
      <CaseList />
    </Page>
  );
}
