import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button, Checkbox } from 'suomifi-ui-components';
import { useAct } from '../../api/use-act.ts';
import { useAnswer } from '../../api/use-answer.ts';
import { Answered } from '../../look/answered.tsx';
import { ErrorState } from '../../look/error-state.tsx';
import { Notice } from '../../look/notice.tsx';
import type { Notifications } from './inbox-shapes.ts';
import '../attendance/attendance.css';

export function NotificationForm() {
  const { t } = useTranslation();
  const settings = useAnswer<Notifications>('/api/notifications');
  return (
    <section className="stack" aria-labelledby="notifications">
      <h2 id="notifications">{t('inbox.settings')}</h2>
      <p className="quiet measure">{t('inbox.settingsLead')}</p>
      <Answered of={settings}>{(now) => <SettingsFields now={now} />}</Answered>
    </section>
  );
}

function SettingsFields({ now }: { now: Notifications }) {
  const { t } = useTranslation();
  const act = useAct();
  const [email, setEmail] = useState(now.email);
  const [state, setState] = useState<'saved' | 'both-times'>();
  async function save(event: FormEvent<HTMLFormElement>): Promise<void> {
    event.preventDefault();
    const fields = new FormData(event.currentTarget);
    const [from, to] = ['from', 'to'].map((name) => String(fields.get(name) ?? '')) as [string, string];
    if ((from === '') !== (to === '') || (from !== '' && from === to)) return setState('both-times');
    setState(undefined);
    const quiet = from === '' ? null : { from, to };
    if (await act.run('/api/notifications', { email, quiet, muted: now.muted })) setState('saved');
    return undefined;
  }
  return (
    <form className="stack" aria-labelledby="notifications" onSubmit={(event) => void save(event)}>
      <Checkbox checked={email} onClick={({ checkboxState }) => setEmail(checkboxState)}>
        {t('inbox.email')}
      </Checkbox>
      <label className="attendance-day">
        {t('inbox.quietFrom')}
        <input type="time" name="from" defaultValue={now.quiet?.from ?? ''} aria-describedby="quiet-hint" />
      </label>
      <label className="attendance-day">
        {t('inbox.quietTo')}
        <input type="time" name="to" defaultValue={now.quiet?.to ?? ''} aria-describedby="quiet-hint" />
      </label>
      <p id="quiet-hint" className="small quiet measure">
        {t('inbox.quietHint')}
        {now.everybody && ` ${t('inbox.everybody', { ...now.everybody })}`}
      </p>
      {state && (
        <Notice tone={state === 'saved' ? 'good' : 'bad'} announce>
          <p>{t(state === 'saved' ? 'inbox.saved' : 'inbox.bothTimes')}</p>
        </Notice>
      )}
      {act.problem && <ErrorState problem={act.problem} />}
      <div>
        <Button type="submit" aria-disabled={act.busy}>
          {t('inbox.save')}
        </Button>
      </div>
    </form>
  );
}
