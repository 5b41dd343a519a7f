import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { Page } from '../../frame/page.tsx';

const asked = ['askTeacher', 'askStudent', 'askGuardian', 'askAdministrator'] as const;

export function NoRolePage() {
  const { t } = useTranslation();
  return (
    <Page title={t('signIn.noRoleTitle')} lead={t('signIn.noRole')}>
      <section className="card measure" aria-labelledby="whom-to-ask">
        <h2 id="whom-to-ask">{t('signIn.askTitle')}</h2>
        <ul className="stack stack-small asked">
          {asked.map((who) => (
            <li key={who}>{t(`signIn.${who}`)}</li>
          ))}
        </ul>
        <p>
          <Link to="/sign-in">{t('signIn.otherAccount')}</Link>
        </p>
      </section>
    </Page>
  );
}
