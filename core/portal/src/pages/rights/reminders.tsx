import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { Button } from 'suomifi-ui-components';
import { useAct } from '../../api/use-act.ts';
import { useAnswer } from '../../api/use-answer.ts';
import { Notice } from '../../look/notice.tsx';
import { useWords } from '../../look/use-words.ts';

interface Reminder {
  id: string;
  kind: 'request-due' | 'request-late' | 'incident-due' | 'incident-late';
  about: string;
  dueAt: string;
}

/** What is about to be late, or is; nothing while nothing is. */
export function Reminders() {
  const { t } = useTranslation();
  const { moment } = useWords();
  const reminders = useAnswer<Reminder[]>('/api/officer/reminders');
  const act = useAct();
  if (reminders.state !== 'ready' || reminders.value.length === 0) return null;
  const seen = async (id: string) => {
    if (await act.run(`/api/officer/reminders/${id}/seen`)) reminders.reload();
  };
  return (
    <section aria-labelledby="reminders">
      <Notice tone="warn">
        <h2 id="reminders">{t('rights.officer.reminders')}</h2>
        <ul className="plain stack stack-small">
          {reminders.value.map(({ id, kind, about, dueAt }) => (
            <li key={id} className="row">
              <Link to={`/officer/${kind.startsWith('request') ? 'requests' : 'incidents'}/${about}`}>
                {t(`rights.officer.reminderKinds.${kind}`)}
              </Link>
              <time dateTime={dueAt}>{moment(dueAt)}</time>
              <Button variant="secondaryNoBorder" aria-disabled={act.busy} onClick={() => void seen(id)}>
                {t('rights.officer.seen')}
              </Button>
            </li>
          ))}
        </ul>
      </Notice>
    </section>
  );
}
