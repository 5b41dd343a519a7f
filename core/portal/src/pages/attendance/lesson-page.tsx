import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import { Button } from 'suomifi-ui-components';
import { useApi } from '../../api/api-context.ts';
import type { Problem } from '../../api/problem.ts';
import { asProblem, useAnswer } from '../../api/use-answer.ts';
import { Page } from '../../frame/page.tsx';
import { Answered } from '../../look/answered.tsx';
import { ErrorState } from '../../look/error-state.tsx';
import { Notice } from '../../look/notice.tsx';
import { useWords } from '../../look/use-words.ts';
import type { MarkedLesson } from './attendance-shapes.ts';
import { LearnerRow } from './learner-row.tsx';
import './attendance.css';

/** One lesson: who is there. */
export function LessonPage() {
  const { t } = useTranslation();
  const { moment } = useWords();
  const { event } = useParams();
  const lesson = useAnswer<MarkedLesson>(`/api/calendarEvents/${event}/attendances`);
  const title =
    lesson.state === 'ready' ? `${lesson.value.title}, ${moment(lesson.value.startAt)}` : t('attendance.title');
  return (
    <Page title={title} lead={t('attendance.lessonLead')} crumbs={[{ to: '/attendance', text: t('attendance.title') }]}>
      <Answered of={lesson}>{(value) => <MarkForm lesson={value} />}</Answered>
    </Page>
  );
}

function MarkForm({ lesson: { id, minutes, learners, reasons } }: { lesson: MarkedLesson }) {
  const { t } = useTranslation();
  const api = useApi();
  const [busy, setBusy] = useState(false);
  const [saved, setSaved] = useState(false);
  const [problem, setProblem] = useState<Problem>();
  async function save(event: FormEvent<HTMLFormElement>): Promise<void> {
    event.preventDefault();
    if (busy) return;
    const fields = new FormData(event.currentTarget);
    setBusy(true);
    setSaved(false);
    setProblem(undefined);
    try {
      await api.put(`/api/calendarEvents/${id}/attendances`, {
        attendances: learners.map(({ student }) => {
          const absentMinutes = Number(fields.get(`minutes ${student}`));
          const reason = String(fields.get(`reason ${student}`) ?? '');
          return { student, absentMinutes, absenceReason: absentMinutes > 0 && reason !== '' ? reason : null };
        }),
      });
      setSaved(true);
    } catch (cause) {
      setProblem(asProblem(cause));
    } finally {
      setBusy(false);
    }
  }
  if (learners.length === 0) return <p>{t('attendance.learnersNone')}</p>;
  return (
    <form className="stack" onSubmit={(event) => void save(event)} onChange={() => setSaved(false)}>
      <ul className="plain stack stack-small">
        {learners.map((learner) => (
          <LearnerRow key={learner.student} learner={learner} minutes={minutes} reasons={reasons} />
        ))}
      </ul>
      {saved && (
        <Notice tone="good" announce>
          <p>{t('attendance.saved')}</p>
        </Notice>
      )}
      {problem && <ErrorState problem={problem} />}
      <div>
        <Button type="submit" aria-disabled={busy}>
          {t('attendance.save')}
        </Button>
      </div>
    </form>
  );
}
