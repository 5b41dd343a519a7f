import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button, Textarea, TextInput } from 'suomifi-ui-components';
import { useAct } from '../../api/use-act.ts';
import { ErrorState } from '../../look/error-state.tsx';
import { requestKinds } from './rights-shapes.ts';

/** A request that came on paper or by telephone. */
export function BehalfForm({ sent }: { sent: () => void }) {
  const { t } = useTranslation();
  const act = useAct();
  const [round, setRound] = useState(0);
  async function submit(event: FormEvent<HTMLFormElement>): Promise<void> {
    event.preventDefault();
    const fields = new FormData(event.currentTarget);
    const text = (name: string) => String(fields.get(name) ?? '').trim();
    const body = {
      kind: text('kind'),
      wish: text('wish'),
      learnerNumber: text('learnerNumber'),
      onBehalf: text('onBehalf'),
    };
    if (!(await act.run('/api/officer/requests', body))) return;
    setRound((last) => last + 1);
    sent();
  }
  return (
    <section className="stack" aria-labelledby="behalf">
      <h2 id="behalf">{t('rights.officer.behalf')}</h2>
      <form key={round} className="stack card" aria-labelledby="behalf" onSubmit={(event) => void submit(event)}>
        <label className="choice">
          <span>{t('rights.officer.kind')}</span>
          <select name="kind">
            {requestKinds.map((kind) => (
              <option key={kind} value={kind}>
                {t(`rights.kinds.${kind}`)}
              </option>
            ))}
          </select>
        </label>
        <TextInput name="learnerNumber" labelText={t('rights.officer.learnerNumber')} fullWidth />
        <TextInput name="onBehalf" labelText={t('rights.officer.how')} fullWidth />
        <Textarea name="wish" labelText={t('rights.officer.wish')} maxLength={2000} fullWidth />
        <div>
          <Button type="submit" variant="secondary" aria-disabled={act.busy}>
            {t('rights.officer.writeDown')}
          </Button>
        </div>
        {act.problem && act.problem.code !== 'fresh-sign-in-needed' && <ErrorState problem={act.problem} />}
      </form>
    </section>
  );
}
