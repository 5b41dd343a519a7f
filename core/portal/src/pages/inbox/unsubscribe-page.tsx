import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { Button } from 'suomifi-ui-components';
import { useAct } from '../../api/use-act.ts';
import { Page } from '../../frame/page.tsx';
import { Notice } from '../../look/notice.tsx';

/** Where the link of a letter leads. It asks first: programs that look into letters open links by themselves. */
export function UnsubscribePage() {
  const { t } = useTranslation();
  const [query] = useSearchParams();
  const act = useAct();
  const [stopped, setStopped] = useState(false);
  const token = query.get('token');
  async function stop(): Promise<void> {
    setStopped(await act.run(`/api/notifications/unsubscribe?token=${encodeURIComponent(token ?? '')}`));
  }
  const bad = !token || act.problem;
  return (
    <Page title={t('inbox.stopTitle')} lead={t('inbox.stopText')}>
      <div className="stack">
        {stopped && (
          <Notice tone="good" announce>
            <p>{t('inbox.stopped')}</p>
          </Notice>
        )}
        {bad && (
          <Notice tone="bad" announce>
            <p>{t('inbox.badLink')}</p>
          </Notice>
        )}
        {!stopped && !bad && (
          <div>
            <Button aria-disabled={act.busy} onClick={() => void stop()}>
              {t('inbox.stop')}
            </Button>
          </div>
        )}
      </div>
    </Page>
  );
}
