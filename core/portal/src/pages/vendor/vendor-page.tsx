import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import { useAnswer } from '../../api/use-answer.ts';
import { Page } from '../../frame/page.tsx';
import { Answered } from '../../look/answered.tsx';
import { Notice } from '../../look/notice.tsx';
import { OwnKeys } from './own-keys.tsx';
import { OwnMembers } from './own-members.tsx';
import { OwnPlugins } from './own-plugins.tsx';
import { OwnTokens } from './own-tokens.tsx';
import { RevokeEverything } from './revoke-everything.tsx';
import type { VendorConsole } from './vendor-shapes.ts';

/** One vendor as its own people see it. */
export function VendorPage() {
  const { t } = useTranslation();
  const { vendor = '' } = useParams();
  const answer = useAnswer<VendorConsole>(`/api/vendor/${vendor}`);
  const title = answer.state === 'ready' ? answer.value.name : t('vendor.title');
  return (
    <Page title={title} crumbs={[{ to: '/', text: t('vendor.title') }]}>
      <Answered of={answer}>
        {(desk) => (
          <div className="stack stack-large">
            {desk.state === 'suspended' && <Notice tone="bad">{t('vendor.suspended')}</Notice>}
            <OwnPlugins desk={desk} />
            <OwnTokens desk={desk} changed={answer.reload} />
            <OwnKeys desk={desk} changed={answer.reload} />
            <OwnMembers desk={desk} changed={answer.reload} />
            {desk.role === 'owner' && <RevokeEverything vendor={desk.namespace} changed={answer.reload} />}
          </div>
        )}
      </Answered>
    </Page>
  );
}

/** What each part of the desk is given. */
export interface DeskPart {
  desk: VendorConsole;
  changed: () => void;
}
