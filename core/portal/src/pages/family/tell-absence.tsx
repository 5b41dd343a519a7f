import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button, TextInput } from 'suomifi-ui-components';
import { useAct } from '../../api/use-act.ts';
import { ErrorState } from '../../look/error-state.tsx';
import { Notice } from '../../look/notice.tsx';
import '../attendance/attendance.css';

/** Whole days, as a family thinks of them. */
export function TellAbsence({ child, told }: { child: string; told: () => void }) {
  const { t } = useTranslation();
  const act = useAct();
  const [state, setState] = useState<'told' | 'bad-days'>();
  async function tell(event: FormEvent<HTMLFormElement>): Promise<void> {
    event.preventDefault();
    const form = event.currentTarget;
    const fields = new FormData(form);
    const text = (name: string) => String(fields.get(name) ?? '').trim();
    const [first, last] = [text('first'), text('last') || text('first')];
    if (first === '' || last < first) return setState('bad-days');
    setState(undefined);
    const days = { firstDay: first, lastDay: last };
    if (await act.run(`/api/family/children/${child}/absences`, { ...days, reason: text('reason') || null })) {
      form.reset();
      setState('told');
      told();
    }
    return undefined;
  }
  return (
    <section className="stack" aria-labelledby="tell">
      <div>
        <h2 id="tell">{t('attendance.tellTitle')}</h2>
        <p className="quiet">{t('attendance.tellLead')}</p>
      </div>
      <form className="stack" aria-labelledby="tell" onSubmit={(event) => void tell(event)}>
        <label className="attendance-day">
          {t('attendance.first')}
          <input type="date" name="first" />
        </label>
        <label className="attendance-day">
          {t('attendance.last')}
          <input type="date" name="last" />
        </label>
        <TextInput name="reason" labelText={t('attendance.reason')} />
        {state === 'told' && (
          <Notice tone="good" announce>
            <p>{t('attendance.told')}</p>
          </Notice>
        )}
        {state === 'bad-days' && (
          <Notice tone="bad" announce>
            <p>{t('attendance.badDays')}</p>
          </Notice>
        )}
        {act.problem && <ErrorState problem={act.problem} />}
        <div>
          <Button type="submit" aria-disabled={act.busy}>
            {t('attendance.tell')}
          </Button>
        </div>
      </form>
    </section>
  );
}
