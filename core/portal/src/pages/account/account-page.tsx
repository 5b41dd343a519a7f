import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Role } from '../../api/shapes.ts';
import { Page } from '../../frame/page.tsx';
import { Notice } from '../../look/notice.tsx';
import { cameFromFreshSignIn, forgetFreshSignIn } from '../../session/fresh-sign-in.ts';
import { useSession } from '../../session/session-context.ts';
import { Passkeys } from './passkeys.tsx';
import { SignIns } from './sign-ins.tsx';

/** As the core decides; here it only spares a page part that would be refused. */
const withPasskeys: readonly Role[] = ['siteAdministrator', 'reviewer', 'dataProtectionOfficer', 'vendor', 'support'];

/** Where a person is signed in, and the keys with which they sign in. */
export function AccountPage() {
  const { t } = useTranslation();
  const { session } = useSession();
  const [isBack] = useState(cameFromFreshSignIn);
  useEffect(forgetFreshSignIn, []);
  return (
    <Page title={t('account.title')} lead={t('account.lead')}>
      <div className="stack stack-large">
        {isBack && (
          <Notice announce>
            <p>{t('account.freshBack')}</p>
          </Notice>
        )}
        <SignIns />
        {session.signedIn && withPasskeys.includes(session.active.role) && <Passkeys />}
      </div>
    </Page>
  );
}
