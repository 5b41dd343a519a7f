import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from 'suomifi-ui-components';
import { WrittenForm } from './written-form.tsx';

/** The question button beside a line of the log: opens a case for the school. */
export function AskSchool({ child, event, asked }: { child: string; event: string; asked: () => void }) {
  const { t } = useTranslation();
  const [state, setState] = useState<'closed' | 'open' | 'sent'>('closed');
  if (state === 'closed')
    return (
      <div>
        <Button variant="secondaryNoBorder" onClick={() => setState('open')}>
          {t('cases.askAbout')}
        </Button>
      </div>
    );
  if (state === 'sent') return <p role="status">{t('cases.sent')}</p>;
  return (
    <WrittenForm
      path={`/api/family/children/${child}/cases`}
      label={t('cases.question')}
      send={t('cases.send')}
      longest={2000}
      bodyOf={(question) => ({ event, question })}
      done={() => {
        setState('sent');
        asked();
      }}
    />
  );
}
