import { useTranslation } from 'react-i18next';
import { Button } from 'suomifi-ui-components';
import { Notice } from '../look/notice.tsx';
import { TraceLine } from '../look/trace-line.tsx';

export function FailedPlugin({ name, trace, again }: { name: string; trace: string | undefined; again: () => void }) {
  const { t } = useTranslation();
  return (
    <Notice tone="warn" announce>
      <h2>{t('plugin.failedTitle')}</h2>
      <p>{t('plugin.failed', { name })}</p>
      <TraceLine trace={trace} />
      <div>
        <Button variant="secondary" onClick={again}>
          {t('plugin.reopen')}
        </Button>
      </div>
    </Notice>
  );
}
