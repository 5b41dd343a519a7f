import { useTranslation } from 'react-i18next';
import { Page } from '../../frame/page.tsx';
import { EmptyState } from '../../look/empty-state.tsx';

/** Says honestly that the core has no API for a data protection officer yet. */
export function OfficerPage() {
  const { t } = useTranslation();
  return (
    <Page title={t('roles.dataProtectionOfficer')}>
      <EmptyState title={t('home.officerTitle')} text={t('home.officer')} />
    </Page>
  );
}
