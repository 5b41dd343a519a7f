import { lazy } from 'react';
import { Route, Routes } from 'react-router';
import { Frame } from './frame/frame.tsx';
import { StartPage } from './pages/start-page.tsx';
import { everyRole, NeedsRole } from './session/needs-role.tsx';

// Each area is a file of its own, fetched when a person goes there.
const CataloguePage = lazy(async () => ({
  default: (await import('./pages/catalogue/catalogue-page.tsx')).CataloguePage,
}));
const CatalogueDetailPage = lazy(async () => ({
  default: (await import('./pages/catalogue/catalogue-detail-page.tsx')).CatalogueDetailPage,
}));
const SignInPage = lazy(async () => ({ default: (await import('./pages/sign-in/sign-in-page.tsx')).SignInPage }));
const NoRolePage = lazy(async () => ({ default: (await import('./pages/sign-in/no-role-page.tsx')).NoRolePage }));
const PluginPage = lazy(async () => ({ default: (await import('./plugin-page/plugin-page.tsx')).PluginPage }));
const ClassesPage = lazy(async () => ({ default: (await import('./pages/classes/classes-page.tsx')).ClassesPage }));
const ClassPage = lazy(async () => ({ default: (await import('./pages/classes/class-page.tsx')).ClassPage }));
const LessonsPage = lazy(async () => ({ default: (await import('./pages/attendance/lessons-page.tsx')).LessonsPage }));
const LessonPage = lazy(async () => ({ default: (await import('./pages/attendance/lesson-page.tsx')).LessonPage }));
const AbsencesPage = lazy(async () => ({ default: (await import('./pages/school/absences-page.tsx')).AbsencesPage }));
const ChildPage = lazy(async () => ({ default: (await import('./pages/family/child-page.tsx')).ChildPage }));
const MunicipalityPluginPage = lazy(async () => ({
  default: (await import('./pages/municipality/municipality-plugin-page.tsx')).MunicipalityPluginPage,
}));
const AgreementPage = lazy(async () => ({
  default: (await import('./pages/municipality/agreement-page.tsx')).AgreementPage,
}));
const RostersPage = lazy(async () => ({
  default: (await import('./pages/municipality/rosters/rosters-page.tsx')).RostersPage,
}));
const RosterProblemsPage = lazy(async () => ({
  default: (await import('./pages/municipality/rosters/roster-problems-page.tsx')).RosterProblemsPage,
}));
const ReviewPage = lazy(async () => ({ default: (await import('./pages/review/review-page.tsx')).ReviewPage }));
const SchoolPage = lazy(async () => ({ default: (await import('./pages/school/school-page.tsx')).SchoolPage }));
const AccountPage = lazy(async () => ({ default: (await import('./pages/account/account-page.tsx')).AccountPage }));
const InboxPage = lazy(async () => ({ default: (await import('./pages/inbox/inbox-page.tsx')).InboxPage }));
const UnsubscribePage = lazy(async () => ({
  default: (await import('./pages/inbox/unsubscribe-page.tsx')).UnsubscribePage,
}));
const CasesPage = lazy(async () => ({ default: (await import('./pages/cases/cases-page.tsx')).CasesPage }));
const VendorsPage = lazy(async () => ({ default: (await import('./pages/vendor/vendors-page.tsx')).VendorsPage }));
const VendorPage = lazy(async () => ({ default: (await import('./pages/vendor/vendor-page.tsx')).VendorPage }));
const VendorPluginPage = lazy(async () => ({
  default: (await import('./pages/vendor/vendor-plugin-page.tsx')).VendorPluginPage,
}));
const EmergencyPage = lazy(async () => ({
  default: (await import('./pages/emergency/emergency-page.tsx')).EmergencyPage,
}));
const SupportPage = lazy(async () => ({ default: (await import('./pages/support/support-page.tsx')).SupportPage }));
const RequestsPage = lazy(async () => ({ default: (await import('./pages/rights/requests-page.tsx')).RequestsPage }));
const RequestPage = lazy(async () => ({ default: (await import('./pages/rights/request-page.tsx')).RequestPage }));
const IncidentsPage = lazy(async () => ({
  default: (await import('./pages/rights/incidents-page.tsx')).IncidentsPage,
}));
const IncidentPage = lazy(async () => ({ default: (await import('./pages/rights/incident-page.tsx')).IncidentPage }));
const RecordPage = lazy(async () => ({ default: (await import('./pages/rights/record-page.tsx')).RecordPage }));
const AssessmentsPage = lazy(async () => ({
  default: (await import('./pages/rights/assessments-page.tsx')).AssessmentsPage,
}));
const ProcessorsPage = lazy(async () => ({
  default: (await import('./pages/officer/processors-page.tsx')).ProcessorsPage,
}));
const AssessmentPage = lazy(async () => ({
  default: (await import('./pages/rights/assessment-page.tsx')).AssessmentPage,
}));
const ReviewConsentsPage = lazy(async () => ({
  default: (await import('./pages/family/review-page.tsx')).ReviewConsentsPage,
}));
const ExplainPage = lazy(async () => ({
  default: (await import('./pages/municipality/explain-page.tsx')).ExplainPage,
}));
const NotFoundPage = lazy(async () => ({ default: (await import('./pages/not-found-page.tsx')).NotFoundPage }));

export function App() {
  return (
    <Routes>
      <Route element={<Frame />}>
        <Route index element={<StartPage />} />
        <Route path="catalogue" element={<CataloguePage />} />
        <Route path="catalogue/:vendor/:name" element={<CatalogueDetailPage />} />
        <Route path="sign-in" element={<SignInPage />} />
        <Route path="no-role" element={<NoRolePage />} />
        <Route path="unsubscribe" element={<UnsubscribePage />} />
        <Route element={<NeedsRole roles={everyRole} />}>
          <Route path="account" element={<AccountPage />} />
          <Route path="inbox" element={<InboxPage />} />
        </Route>
        <Route element={<NeedsRole roles={['teacher', 'student', 'principal', 'guardian']} />}>
          <Route path="plugins/:vendor/:name/:page" element={<PluginPage />} />
        </Route>
        <Route element={<NeedsRole roles={['siteAdministrator', 'dataProtectionOfficer']} />}>
          <Route path="support" element={<SupportPage />} />
        </Route>
        <Route element={<NeedsRole roles={['teacher', 'principal', 'support']} />}>
          <Route path="classes" element={<ClassesPage />} />
          <Route path="classes/:id" element={<ClassPage />} />
        </Route>
        <Route element={<NeedsRole roles={['teacher']} />}>
          <Route path="attendance" element={<LessonsPage />} />
          <Route path="attendance/:event" element={<LessonPage />} />
        </Route>
        <Route element={<NeedsRole roles={['guardian', 'student']} />}>
          <Route path="family/consents" element={<ReviewConsentsPage />} />
          <Route path="family/:child/:tab?" element={<ChildPage />} />
        </Route>
        <Route element={<NeedsRole roles={['siteAdministrator']} />}>
          <Route path="municipality/rosters" element={<RostersPage />} />
          <Route path="municipality/rosters/problems/:run" element={<RosterProblemsPage />} />
          <Route path="municipality/explain" element={<ExplainPage />} />
          <Route path="municipality/:vendor/:name" element={<MunicipalityPluginPage />} />
          <Route path="municipality/:vendor/:name/agreement" element={<AgreementPage />} />
        </Route>
        <Route element={<NeedsRole roles={['reviewer']} />}>
          <Route path="review/:vendor/:name/:version" element={<ReviewPage />} />
        </Route>
        <Route element={<NeedsRole roles={['principal']} />}>
          <Route path="school" element={<SchoolPage />} />
          <Route path="absences" element={<AbsencesPage />} />
          <Route path="questions" element={<CasesPage />} />
        </Route>
        <Route element={<NeedsRole roles={['teacher', 'principal', 'siteAdministrator', 'dataProtectionOfficer']} />}>
          <Route path="emergency" element={<EmergencyPage />} />
        </Route>
        <Route element={<NeedsRole roles={['vendor']} />}>
          <Route path="vendor" element={<VendorsPage />} />
          <Route path="vendor/:vendor" element={<VendorPage />} />
          <Route path="vendor/:vendor/plugins/:name" element={<VendorPluginPage />} />
        </Route>
        <Route element={<NeedsRole roles={['dataProtectionOfficer']} />}>
          <Route path="officer/requests" element={<RequestsPage />} />
          <Route path="officer/requests/:id" element={<RequestPage />} />
          <Route path="officer/incidents" element={<IncidentsPage />} />
          <Route path="officer/incidents/:id" element={<IncidentPage />} />
          <Route path="officer/processors" element={<ProcessorsPage />} />
          <Route path="officer/record" element={<RecordPage />} />
          <Route path="officer/assessments" element={<AssessmentsPage />} />
          <Route path="officer/assessments/:id" element={<AssessmentPage />} />
        </Route>
        <Route path="*" element={<NotFoundPage />} />
      </Route>
    </Routes>
  );
}
