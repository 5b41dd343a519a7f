import { lazy } from 'react';
import { useSession } from '../session/session-context.ts';
import { FrontPage } from './front/front-page.tsx';

const HomePage = lazy(async () => ({ default: (await import('./home/home-page.tsx')).HomePage }));
const ChildrenPage = lazy(async () => ({ default: (await import('./family/children-page.tsx')).ChildrenPage }));
const MarketplacePage = lazy(async () => ({
  default: (await import('./municipality/marketplace-page.tsx')).MarketplacePage,
}));
const ReviewQueuePage = lazy(async () => ({
  default: (await import('./review/review-queue-page.tsx')).ReviewQueuePage,
}));
const VendorsPage = lazy(async () => ({ default: (await import('./vendor/vendors-page.tsx')).VendorsPage }));
const SupportPage = lazy(async () => ({ default: (await import('./support/support-page.tsx')).SupportPage }));
const ClassesPage = lazy(async () => ({ default: (await import('./classes/classes-page.tsx')).ClassesPage }));
const OfficerPage = lazy(async () => ({ default: (await import('./officer/officer-page.tsx')).OfficerPage }));

/** `/` is where each person's work begins. */
export function StartPage() {
  const { session } = useSession();
  if (!session.signedIn) return <FrontPage />;
  switch (session.active.role) {
    case 'guardian':
      return <ChildrenPage />;
    case 'siteAdministrator':
      return <MarketplacePage />;
    case 'reviewer':
      return <ReviewQueuePage />;
    case 'dataProtectionOfficer':
      return <OfficerPage />;
    case 'vendor':
      return <VendorsPage />;
    case 'support':
      return session.active.visit ? <ClassesPage /> : <SupportPage />;
    default:
      return <HomePage />;
  }
}
