import { Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, Outlet, useLocation } from 'react-router';
import { ErrorBoundary } from '../look/error-boundary.tsx';
import { WaitingState } from '../look/waiting-state.tsx';
import { EndedSession } from '../session/ended-session.tsx';
import { useSession } from '../session/session-context.ts';
import { ActiveRole } from './active-role.tsx';
import { AccountMenu } from './account-menu.tsx';
import { Brand } from './brand.tsx';
import { CrashNotice } from './crash-notice.tsx';
import { DemonstrationBanner } from './demonstration-banner.tsx';
import { Footer } from './footer.tsx';
import { LanguageSwitch } from './language-switch.tsx';
import { MainMenu } from './main-menu.tsx';
import { VisitBanner } from './visit-banner.tsx';

/** What stands around every page. */
export function Frame() {
  const { t } = useTranslation();
  const { session, ended } = useSession();
  const { pathname } = useLocation();
  return (
    <div className="frame">
      <a className="skip" href="#content">
        {t('frame.skip')}
      </a>
      <header className="top">
        <div className={session.signedIn ? 'inner top-row' : 'inner top-row top-guest'}>
          <Brand />
          <LanguageSwitch />
          {session.signedIn ? (
            <AccountMenu session={session} />
          ) : (
            <Link to="/sign-in" className="button button-second">
              {t('frame.signIn')}
            </Link>
          )}
        </div>
        <div className="inner">
          <MainMenu
            role={session.signedIn ? session.active.role : undefined}
            visiting={session.signedIn && session.active.visit !== undefined}
          />
        </div>
        {session.signedIn && <ActiveRole session={session} />}
        {session.signedIn && <VisitBanner role={session.active} />}
        <DemonstrationBanner today={session.today} />
      </header>
      <main id="content" className="inner content" tabIndex={-1}>
        <ErrorBoundary key={pathname} fallback={<CrashNotice />}>
          <Suspense fallback={<WaitingState />}>
            {ended && pathname !== '/sign-in' ? <EndedSession /> : <Outlet />}
          </Suspense>
        </ErrorBoundary>
      </main>
      <Footer />
    </div>
  );
}
