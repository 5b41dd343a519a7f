import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from 'suomifi-ui-components';
import { useApi } from '../../../api/api-context.ts';
import type { Problem } from '../../../api/problem.ts';
import { asProblem } from '../../../api/use-answer.ts';
import { ErrorState } from '../../../look/error-state.tsx';

/** Asked for by script, so that a sign-in that is not fresh leads to a sign-in and not to a page of problem text. */
export function RosterExport() {
  const { t } = useTranslation();
  const api = useApi();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem>();
  async function download(): Promise<void> {
    setBusy(true);
    setProblem(undefined);
    try {
      offer(await api.download('/api/municipality/roster-export'));
    } catch (cause) {
      setProblem(asProblem(cause));
    } finally {
      setBusy(false);
    }
  }
  return (
    <section className="stack" aria-labelledby="export">
      <div>
        <h2 id="export">{t('rosters.exportTitle')}</h2>
        <p className="quiet">{t('rosters.exportLead')}</p>
      </div>
      {problem && <ErrorState problem={problem} />}
      <div>
        <Button variant="secondary" aria-disabled={busy} onClick={() => !busy && void download()}>
          {t('rosters.export')}
        </Button>
      </div>
    </section>
  );
}

function offer(file: Blob): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(file);
  link.download = 'digione-roster.zip';
  link.click();
  URL.revokeObjectURL(link.href);
}
