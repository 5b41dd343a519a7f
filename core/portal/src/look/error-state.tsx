import { Button } from 'suomifi-ui-components';
import { useTranslation } from 'react-i18next';
import type { Problem } from '../api/problem.ts';
import { problemText } from './problem-text.ts';
import { TraceLine } from './trace-line.tsx';

export function ErrorState({ problem, retry }: { problem: Problem; retry?: () => void }) {
  const { t } = useTranslation();
  return (
    <div className="notice notice-bad" role="alert">
      <p>
        <strong>{t('problem.title')}</strong>
      </p>
      <p>{problemText(t, problem)}</p>
      <TraceLine trace={problem.trace} />
      {retry && (
        <div>
          <Button variant="secondary" onClick={retry}>
            {t('common.retry')}
          </Button>
        </div>
      )}
    </div>
  );
}
