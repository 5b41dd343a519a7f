import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Viewers as ViewersAnswer } from '../../api/viewer-shapes.ts';
import { useAnswer } from '../../api/use-answer.ts';
import { Answered } from '../../look/answered.tsx';
import { useSession } from '../../session/session-context.ts';
import { ViewerList } from './viewer-list.tsx';

/** "Who can see this of my child, now or on a day in the past": the same decision as at every read. */
export function Viewers({ child }: { child: string }) {
  const { t } = useTranslation();
  const { session } = useSession();
  const today = session.signedIn ? session.today : '';
  const [on, setOn] = useState(today);
  const answer = useAnswer<ViewersAnswer>(`/api/family/children/${child}/viewers?${new URLSearchParams({ on })}`);
  return (
    <section className="stack" aria-labelledby="viewers">
      <h2 id="viewers">{t('viewers.title')}</h2>
      <p className="quiet measure">{t('viewers.lead')}</p>
      <label className="choice">
        <span>{t('viewers.day')}</span>
        <input
          type="date"
          value={on}
          max={today}
          onChange={({ target }) => target.value !== '' && target.value <= today && setOn(target.value)}
        />
      </label>
      <Answered of={answer}>{(value) => <ViewerList key={value.on} answer={value} />}</Answered>
    </section>
  );
}
