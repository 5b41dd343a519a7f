import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button, Textarea } from 'suomifi-ui-components';
import type { SignInOptions } from '../../api/shapes.ts';
import { useAct } from '../../api/use-act.ts';
import { useAnswer } from '../../api/use-answer.ts';
import { Answered } from '../../look/answered.tsx';
import { ErrorState } from '../../look/error-state.tsx';
import { Notice } from '../../look/notice.tsx';
import { useWords } from '../../look/use-words.ts';

const shortestReason = 10;
const times = [15, 30, 60, 120, 240];
/** Code of the coordinating company, where support staff are at home. */
const home = '000';

export function AskVisit({ asked }: { asked: () => void }) {
  const { t } = useTranslation();
  const { pick } = useWords();
  const options = useAnswer<SignInOptions>('/api/sign-in/options');
  const act = useAct();
  const [municipality, setMunicipality] = useState('');
  const [minutes, setMinutes] = useState(30);
  const [reason, setReason] = useState('');
  const [pressed, setPressed] = useState(false);
  const [sent, setSent] = useState(false);
  const tooShort = reason.trim().length < shortestReason;

  async function send(event: FormEvent): Promise<void> {
    event.preventDefault();
    setPressed(true);
    if (!municipality || tooShort || act.busy) return;
    setSent(await act.run('/api/support/visits', { municipality, minutes, reason: reason.trim() }));
    setPressed(false);
    asked();
  }
  return (
    <form className="card stack" aria-label={t('support.ask')} onSubmit={(event) => void send(event)}>
      <Answered of={options}>
        {({ municipalities }) => (
          <label className="choice">
            <span>{t('support.municipality')}</span>
            <select required value={municipality} onChange={(event) => setMunicipality(event.target.value)}>
              <option value="">{t('support.chooseMunicipality')}</option>
              {municipalities
                .filter(({ code }) => code !== home)
                .map(({ code, name }) => (
                  <option key={code} value={code}>
                    {pick(name)}
                  </option>
                ))}
            </select>
          </label>
        )}
      </Answered>
      <label className="choice">
        <span>{t('support.minutes')}</span>
        <select value={minutes} onChange={(event) => setMinutes(Number(event.target.value))}>
          {times.map((count) => (
            <option key={count} value={count}>
              {t('support.minutes', { count })}
            </option>
          ))}
        </select>
      </label>
      <Textarea
        labelText={t('support.reason')}
        value={reason}
        status={pressed && tooShort ? 'error' : 'default'}
        statusText={pressed && tooShort ? t('support.reasonShort') : ''}
        fullWidth
        onChange={(event) => setReason(event.target.value)}
      />
      <div>
        <Button type="submit" aria-disabled={act.busy}>
          {t('support.ask')}
        </Button>
      </div>
      <div role="status">{sent && <Notice tone="good">{t('support.asked')}</Notice>}</div>
      {act.problem && act.problem.code !== 'fresh-sign-in-needed' && <ErrorState problem={act.problem} />}
    </form>
  );
}
