import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from 'suomifi-ui-components';
import { useAct } from '../../api/use-act.ts';
import { type LiveAnswer, useAnswer } from '../../api/use-answer.ts';
import { Answered } from '../../look/answered.tsx';
import { ErrorState } from '../../look/error-state.tsx';
import { useWords } from '../../look/use-words.ts';
import type { OwnExport } from './rights-shapes.ts';
import { useDownload } from './use-download.ts';

const pollMilliseconds = 1_500;

/** Collect, wait, download, delete: one file at a time. */
export function Exports({ child }: { child: string }) {
  const { t } = useTranslation();
  const exports = useAnswer<OwnExport[]>(`/api/family/children/${child}/exports`);
  const act = useAct();
  usePolling(exports);
  const isUnderWay = exports.state === 'ready' && exports.value.some(({ state }) => state === 'waiting');
  async function collect(): Promise<void> {
    await act.run(`/api/family/children/${child}/exports`);
    exports.reload();
  }
  return (
    <section className="stack" aria-labelledby="download-all">
      <h3 id="download-all">{t('rights.family.download')}</h3>
      <p className="quiet measure">{t('rights.family.downloadLead')}</p>
      <Answered of={exports}>
        {(list) => (
          <ul className="plain stack">
            {list.slice(0, 3).map((one) => (
              <ExportCard key={one.id} of={one} changed={exports.reload} />
            ))}
          </ul>
        )}
      </Answered>
      <div>
        <Button aria-disabled={act.busy || isUnderWay} onClick={() => !act.busy && !isUnderWay && void collect()}>
          {t('rights.family.collect')}
        </Button>
      </div>
      {act.problem && act.problem.code !== 'fresh-sign-in-needed' && <ErrorState problem={act.problem} />}
    </section>
  );
}

function ExportCard({ of, changed }: { of: OwnExport; changed: () => void }) {
  const { t } = useTranslation();
  const { moment } = useWords();
  const download = useDownload();
  const act = useAct();
  const words = {
    waiting: t('rights.family.collecting', { done: of.done }),
    ready: of.expiresAt && t('rights.family.ready', { date: moment(of.expiresAt) }),
    stopped: t('rights.family.stopped'),
    expired: t('rights.family.expired'),
  };
  async function discard(): Promise<void> {
    if (await act.run(`/api/rights/exports/${of.id}/discard`)) changed();
  }
  return (
    <li className="card">
      <p role="status">{words[of.state]}</p>
      {of.state === 'ready' && (
        <>
          {of.sources.some(({ completeness }) => completeness === 'partly') && (
            <p className="small quiet">{t('rights.family.partly')}</p>
          )}
          <div className="row">
            <Button
              variant="secondary"
              aria-disabled={download.busy}
              onClick={() => void download.get(`/api/rights/exports/${of.id}/archive`, 'digione-data.zip')}
            >
              {t('rights.family.get')}
            </Button>
            <Button variant="secondaryNoBorder" aria-disabled={act.busy} onClick={() => void discard()}>
              {t('rights.family.remove')}
            </Button>
          </div>
        </>
      )}
      {download.problem && download.problem.code !== 'fresh-sign-in-needed' && (
        <ErrorState problem={download.problem} />
      )}
    </li>
  );
}

/** Asks again while a server collects. */
function usePolling(exports: LiveAnswer<OwnExport[]>): void {
  const waits = exports.state === 'ready' && exports.value.some(({ state }) => state === 'waiting');
  useEffect(() => {
    if (!waits) return undefined;
    const timer = setTimeout(exports.reload, pollMilliseconds);
    return () => clearTimeout(timer);
  }, [waits, exports]);
}
