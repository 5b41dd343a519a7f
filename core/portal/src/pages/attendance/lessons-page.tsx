import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useAnswer } from '../../api/use-answer.ts';
import { Page } from '../../frame/page.tsx';
import { Answered } from '../../look/answered.tsx';
import { useWords } from '../../look/use-words.ts';
import type { Lesson } from './attendance-shapes.ts';
import './attendance.css';

/** The teacher's lessons of a day, today's first. */
export function LessonsPage() {
  const { t } = useTranslation();
  const { moment } = useWords();
  const [day, setDay] = useState('');
  const lessons = useAnswer<{ day: string; items: Lesson[] }>(`/api/calendarEvents${day && `?day=${day}`}`);
  return (
    <Page title={t('attendance.title')} lead={t('attendance.lead')}>
      <div className="stack">
        <Answered of={lessons}>
          {({ day: shown, items }) => (
            <>
              <label className="attendance-day">
                {t('attendance.day')}
                <input type="date" value={day || shown} onChange={({ target }) => setDay(target.value)} />
              </label>
              {items.length === 0 && <p role="status">{t('attendance.none')}</p>}
              <ul className="plain stack stack-small">
                {items.map(({ id, title, place, startAt }) => (
                  <li key={id} className="card">
                    <Link to={`/attendance/${id}`}>{t('attendance.open', { title, time: moment(startAt) })}</Link>
                    {place && <p className="quiet">{place}</p>}
                  </li>
                ))}
              </ul>
            </>
          )}
        </Answered>
      </div>
    </Page>
  );
}
