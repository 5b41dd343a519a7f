import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button, TextInput } from 'suomifi-ui-components';
import { useApi } from '../../api/api-context.ts';
import type { Problem } from '../../api/problem.ts';
import { asProblem } from '../../api/use-answer.ts';
import { ErrorState } from '../../look/error-state.tsx';
import { Notice } from '../../look/notice.tsx';
import { makePasskey } from './passkey-ceremony.ts';

const longestName = 100;
type Outcome = 'isAdded' | 'notMade' | Problem;

export function AddPasskey({ added }: { added: () => void }) {
  const { t } = useTranslation();
  const api = useApi();
  const [name, setName] = useState('');
  const [asked, setAsked] = useState(false);
  const [busy, setBusy] = useState(false);
  const [outcome, setOutcome] = useState<Outcome>();
  const missing = asked && name.trim() === '';

  async function make(): Promise<Outcome> {
    const response = await makePasskey(await api.post('/api/passkeys/options'));
    if (!response) return 'notMade';
    await api.post('/api/passkeys', { name: name.trim().slice(0, longestName), response });
    added();
    return 'isAdded';
  }
  async function send(event: FormEvent): Promise<void> {
    event.preventDefault();
    setAsked(true);
    if (name.trim() === '' || busy) return;
    setBusy(true);
    setOutcome(undefined);
    const result = await make().catch(asProblem);
    setBusy(false);
    setOutcome(result);
    if (result === 'isAdded') setName('');
    setAsked(false);
  }
  return (
    <form className="card stack" aria-label={t('account.add')} onSubmit={(event) => void send(event)}>
      <TextInput
        labelText={t('account.name')}
        hintText={t('account.nameHint')}
        value={name}
        status={missing ? 'error' : 'default'}
        statusText={missing ? t('common.required') : ''}
        onChange={(value) => setName(String(value ?? ''))}
      />
      <div>
        <Button type="submit" aria-disabled={busy}>
          {t('account.add')}
        </Button>
      </div>
      <Result outcome={outcome} />
    </form>
  );
}

function Result({ outcome }: { outcome: Outcome | undefined }) {
  const { t } = useTranslation();
  if (typeof outcome === 'object')
    return outcome.code === 'fresh-sign-in-needed' ? null : <ErrorState problem={outcome} />;
  return (
    <div role="status">
      {outcome && <Notice tone={outcome === 'isAdded' ? 'good' : 'info'}>{t(`account.${outcome}`)}</Notice>}
    </div>
  );
}
