import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'react-router';
import { Page } from '../frame/page.tsx';

export function EndedSession() {
  const { t } = useTranslation();
  const { pathname, search } = useLocation();
  return (
    <Page title={t('signIn.endedTitle')} lead={t('signIn.ended')}>
      <Link className="button" to={`/sign-in?returnTo=${encodeURIComponent(pathname + search)}`}>
        {t('frame.signIn')}
      </Link>
    </Page>
  );
}
