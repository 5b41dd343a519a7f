import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { Page } from '../frame/page.tsx';

export function NotFoundPage() {
  const { t } = useTranslation();
  return (
    <Page title={t('problem.pageNotFoundTitle')} lead={t('problem.pageNotFound')}>
      <Link className="button" to="/">
        {t('problem.toFront')}
      </Link>
    </Page>
  );
}
