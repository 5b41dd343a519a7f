import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from 'suomifi-ui-components';
import { useApi } from '../../api/api-context.ts';
import type { Problem } from '../../api/problem.ts';
import { asProblem } from '../../api/use-answer.ts';
import { ErrorState } from '../../look/error-state.tsx';
import { Notice } from '../../look/notice.tsx';

type Stage = 'idle' | 'sure' | { keys: number; tokens: number } | Problem;

/** Two presses: the second says what it does. */
export function RevokeEverything({ vendor, changed }: { vendor: string; changed: () => void }) {
  const { t } = useTranslation();
  const api = useApi();
  const [stage, setStage] = useState<Stage>('idle');
  async function revoke(): Promise<void> {
    setStage('idle');
    setStage(
      await api.post<{ keys: number; tokens: number }>(`/api/vendor/${vendor}/revoke-everything`).catch(asProblem),
    );
    changed();
  }
  return (
    <section className="stack" aria-labelledby="revoke-everything">
      <h2 id="revoke-everything">{t('vendor.everything')}</h2>
      <p className="measure">{t('vendor.everythingLead')}</p>
      {stage === 'sure' ? (
        <div className="row">
          <Button onClick={() => void revoke()}>{t('vendor.everythingSure')}</Button>
          <Button variant="secondary" onClick={() => setStage('idle')}>
            {t('vendor.cancel')}
          </Button>
        </div>
      ) : (
        <div>
          <Button variant="secondary" onClick={() => setStage('sure')}>
            {t('vendor.everything')}
          </Button>
        </div>
      )}
      <div role="status">
        {typeof stage === 'object' && 'keys' in stage && (
          <Notice tone="good">{t('vendor.everythingDone', { ...stage })}</Notice>
        )}
      </div>
      {typeof stage === 'object' && 'code' in stage && <ErrorState problem={stage} />}
    </section>
  );
}
