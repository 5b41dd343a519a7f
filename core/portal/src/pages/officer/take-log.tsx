import { useTranslation } from 'react-i18next';
import { Button } from 'suomifi-ui-components';
import { ErrorState } from '../../look/error-state.tsx';
import { useDownload } from '../rights/use-download.ts';

/** The municipality's whole log, for the verifier that works without a network. */
export function TakeLog() {
  const { t } = useTranslation();
  const download = useDownload();
  return (
    <section className="stack" aria-labelledby="log">
      <h2 id="log">{t('watching.log')}</h2>
      <p className="quiet measure">{t('watching.logLead')}</p>
      <div>
        <Button
          variant="secondary"
          aria-disabled={download.busy}
          onClick={() => void download.get('/api/officer/log', 'digione-log.ndjson')}
        >
          {t('watching.takeLog')}
        </Button>
      </div>
      {download.problem && <ErrorState problem={download.problem} />}
    </section>
  );
}
