import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useApi } from '../../api/api-context.ts';
import { Notice } from '../../look/notice.tsx';
import { answerWithPasskey } from './passkey-ceremony.ts';
import { passkeyPlace } from './passkey-place.ts';

/** For those who have one: no municipality to choose, the key knows whose it is. */
export function PasskeySignIn({ returnTo }: { returnTo: string }) {
  const { t } = useTranslation();
  const api = useApi();
  const [busy, setBusy] = useState(false);
  const [failed, setFailed] = useState(false);
  if (passkeyPlace() !== 'works') return null;

  async function enter(): Promise<boolean> {
    const response = await answerWithPasskey(await api.post('/api/sign-in/passkey/options'));
    if (!response) return false;
    await api.post('/api/sign-in/passkey', { response });
    return true;
  }
  async function press(): Promise<void> {
    if (busy) return;
    setBusy(true);
    setFailed(false);
    // Whatever went wrong, the way on is the same: try again, or choose the account above.
    const done = await enter().catch(() => false);
    setBusy(false);
    if (done) location.assign(returnTo);
    else setFailed(true);
  }
  return (
    <section className="card" aria-labelledby="passkey-sign-in">
      <h2 id="passkey-sign-in" className="legend">
        {t('account.signInTitle')}
      </h2>
      <p className="quiet">{t('account.signInLead')}</p>
      <div>
        <button type="button" className="button button-second" aria-disabled={busy} onClick={() => void press()}>
          {t('account.signInButton')}
        </button>
      </div>
      <div role="status">{failed && <Notice tone="warn">{t('account.signInFailed')}</Notice>}</div>
    </section>
  );
}
