import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from 'suomifi-ui-components';
import { useApi } from '../../api/api-context.ts';
import type { Problem } from '../../api/problem.ts';
import { asProblem } from '../../api/use-answer.ts';
import { ErrorState } from '../../look/error-state.tsx';
import { Notice } from '../../look/notice.tsx';
import type { DeskPart } from './vendor-page.tsx';

const lifetimes = [1, 8, 24];

/** The token's text lives on this page alone, until the person leaves it. */
export function NewToken({ desk, changed }: DeskPart) {
  const { t } = useTranslation();
  const api = useApi();
  const [hours, setHours] = useState(lifetimes[0]!);
  const [plugin, setPlugin] = useState('');
  const [busy, setBusy] = useState(false);
  const [told, setTold] = useState<string>();
  const [problem, setProblem] = useState<Problem>();

  async function send(event: FormEvent): Promise<void> {
    event.preventDefault();
    if (busy) return;
    setBusy(true);
    setProblem(undefined);
    setTold(undefined);
    try {
      const order = { lifetimeSeconds: hours * 3600, ...(plugin && { plugin }) };
      const { token } = await api.post<{ token: string }>(`/api/vendor/${desk.namespace}/tokens`, order);
      setTold(token);
      changed();
    } catch (cause) {
      setProblem(asProblem(cause));
    }
    setBusy(false);
  }
  return (
    <form className="card stack" aria-label={t('vendor.newToken')} onSubmit={(event) => void send(event)}>
      <label className="choice">
        <span>{t('vendor.lifetime')}</span>
        <select value={hours} onChange={(event) => setHours(Number(event.target.value))}>
          {lifetimes.map((count) => (
            <option key={count} value={count}>
              {t('vendor.hours', { count })}
            </option>
          ))}
        </select>
      </label>
      <label className="choice">
        <span>{t('vendor.forPlugin')}</span>
        <select value={plugin} onChange={(event) => setPlugin(event.target.value)}>
          <option value="">{t('vendor.anyPlugin')}</option>
          {desk.plugins.map((one) => (
            <option key={one.plugin} value={one.plugin}>
              {one.plugin}
            </option>
          ))}
        </select>
      </label>
      <div>
        <Button type="submit" aria-disabled={busy}>
          {t('vendor.newToken')}
        </Button>
      </div>
      <div role="status">
        {told && (
          <Notice tone="good">
            <p>{t('vendor.told')}</p>
            <p>
              <code className="code">{told}</code>
            </p>
          </Notice>
        )}
      </div>
      {problem && <ErrorState problem={problem} />}
    </form>
  );
}
