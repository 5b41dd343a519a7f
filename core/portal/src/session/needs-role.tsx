import { useTranslation } from 'react-i18next';
import { Navigate, Outlet, useLocation } from 'react-router';
import type { Role } from '../api/shapes.ts';
import { Page } from '../frame/page.tsx';
import { Notice } from '../look/notice.tsx';
import { useSession } from './session-context.ts';

/** Of pages for everybody who is signed in. */
export const everyRole: readonly Role[] = [
  'teacher',
  'student',
  'guardian',
  'principal',
  'siteAdministrator',
  'reviewer',
  'dataProtectionOfficer',
  'vendor',
  'support',
];

/** Pages that make sense in some roles only. What a role may see is decided by the core; this only spares a useless request. */
export function NeedsRole({ roles }: { roles: readonly Role[] }) {
  const { t } = useTranslation();
  const { session } = useSession();
  const { pathname, search } = useLocation();
  if (!session.signedIn) return <Navigate to={`/sign-in?returnTo=${encodeURIComponent(pathname + search)}`} replace />;
  if (roles.includes(session.active.role)) return <Outlet />;
  return (
    <Page title={t('problem.title')}>
      <Notice tone="warn">
        <p>{t('problem.forbidden')}</p>
      </Notice>
    </Page>
  );
}
