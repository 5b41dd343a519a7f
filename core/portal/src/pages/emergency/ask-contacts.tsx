import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button, Textarea } from 'suomifi-ui-components';
import type { ClassView } from '../../api/shapes.ts';
import { useAct } from '../../api/use-act.ts';
import { useAnswer } from '../../api/use-answer.ts';
import { Answered } from '../../look/answered.tsx';
import { ErrorState } from '../../look/error-state.tsx';
import { Notice } from '../../look/notice.tsx';
import { LearnerChoice } from './learner-choice.tsx';

const shortestReason = 10;

export function AskContacts({ asked }: { asked: () => void }) {
  const { t } = useTranslation();
  const classes = useAnswer<ClassView[]>('/api/classes');
  const act = useAct();
  const [ofClass, setClass] = useState('');
  const [learner, setLearner] = useState('');
  const [reason, setReason] = useState('');
  const [pressed, setPressed] = useState(false);
  const [sent, setSent] = useState(false);
  const tooShort = reason.trim().length < shortestReason;

  async function send(event: FormEvent): Promise<void> {
    event.preventDefault();
    setPressed(true);
    if (!learner || tooShort || act.busy) return;
    setSent(await act.run('/api/emergency', { learner, reason: reason.trim() }));
    setPressed(false);
    asked();
  }
  return (
    <form className="card stack" aria-label={t('emergency.ask')} onSubmit={(event) => void send(event)}>
      <Answered of={classes}>
        {(own) => (
          <label className="choice">
            <span>{t('emergency.class')}</span>
            <select required value={ofClass} onChange={(event) => setClass(event.target.value)}>
              <option value="">{t('emergency.chooseClass')}</option>
              {own.map(({ id, title }) => (
                <option key={id} value={id}>
                  {title}
                </option>
              ))}
            </select>
          </label>
        )}
      </Answered>
      {ofClass && <LearnerChoice key={ofClass} ofClass={ofClass} chosen={learner} choose={setLearner} />}
      <Textarea
        labelText={t('emergency.reason')}
        value={reason}
        status={pressed && tooShort ? 'error' : 'default'}
        statusText={pressed && tooShort ? t('emergency.reasonShort') : ''}
        fullWidth
        onChange={(event) => setReason(event.target.value)}
      />
      <div>
        <Button type="submit" aria-disabled={act.busy}>
          {t('emergency.ask')}
        </Button>
      </div>
      <div role="status">{sent && <Notice tone="good">{t('emergency.asked')}</Notice>}</div>
      {act.problem && act.problem.code !== 'fresh-sign-in-needed' && <ErrorState problem={act.problem} />}
    </form>
  );
}
