import { useTranslation } from 'react-i18next';
import { useAnswer } from '../../api/use-answer.ts';
import { Notice } from '../../look/notice.tsx';
import { useWords } from '../../look/use-words.ts';

interface Alarm {
  plugin: string;
  kind: 'tenfold' | 'limit';
  at: string;
  rows: number;
  usual: number;
  stopped: boolean;
}

const shown = 5;

/** Plugins that read far more than they usually do; nothing while there are none. */
export function ReadAlarms() {
  const { t } = useTranslation();
  const { moment } = useWords();
  const watched = useAnswer<{ alarms: Alarm[] }>('/api/municipality/read-budgets');
  if (watched.state !== 'ready' || watched.value.alarms.length === 0) return null;
  return (
    <section aria-labelledby="alarms">
      <Notice tone="warn">
        <h2 id="alarms">{t('watching.alarms')}</h2>
        <ul className="plain stack stack-small">
          {watched.value.alarms.slice(0, shown).map(({ plugin, kind, at, rows, usual, stopped }) => (
            <li key={`${plugin} ${kind} ${at}`}>
              <time dateTime={at}>{moment(at)}</time> {t(`watching.${kind}`, { plugin, rows, usual })}{' '}
              {stopped && t('watching.stopped')}
            </li>
          ))}
        </ul>
      </Notice>
    </section>
  );
}
