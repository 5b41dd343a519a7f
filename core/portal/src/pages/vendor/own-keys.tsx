import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button, Textarea } from 'suomifi-ui-components';
import { useAct } from '../../api/use-act.ts';
import { ErrorState } from '../../look/error-state.tsx';
import { useWords } from '../../look/use-words.ts';
import type { DeskPart } from './vendor-page.tsx';

export function OwnKeys({ desk, changed }: DeskPart) {
  const { t } = useTranslation();
  const { moment } = useWords();
  const act = useAct();
  const isOwner = desk.role === 'owner';
  async function revoke(keyId: string): Promise<void> {
    await act.run(`/api/vendor/${desk.namespace}/keys/${keyId}/revoke`);
    changed();
  }
  return (
    <section className="stack" aria-labelledby="own-keys">
      <h2 id="own-keys">{t('vendor.keys')}</h2>
      <p className="quiet measure">{t('vendor.keysLead')}</p>
      {desk.keys.length === 0 && <p className="quiet">{t('vendor.noKeys')}</p>}
      <ul className="plain stack">
        {desk.keys.map(({ keyId, revokedAt }) => (
          <li key={keyId} className="card">
            <div className="row row-apart">
              <span>
                <code className="code">{keyId}</code>{' '}
                {revokedAt && <span className="quiet small">{t('vendor.keyEnded', { when: moment(revokedAt) })}</span>}
              </span>
              {isOwner && !revokedAt && (
                <button
                  type="button"
                  className="button button-second"
                  aria-disabled={act.busy}
                  aria-label={t('vendor.revokeKey', { key: keyId.slice(0, 8) })}
                  onClick={() => void revoke(keyId)}
                >
                  {t('vendor.revoke')}
                </button>
              )}
            </div>
          </li>
        ))}
      </ul>
      {act.problem && <ErrorState problem={act.problem} />}
      {isOwner && <AddKey vendor={desk.namespace} changed={changed} />}
    </section>
  );
}

function AddKey({ vendor, changed }: { vendor: string; changed: () => void }) {
  const { t } = useTranslation();
  const act = useAct();
  const [publicKey, setPublicKey] = useState('');
  const [asked, setAsked] = useState(false);
  const missing = asked && publicKey.trim() === '';
  async function send(event: FormEvent): Promise<void> {
    event.preventDefault();
    setAsked(true);
    if (publicKey.trim() === '' || act.busy) return;
    if (await act.run(`/api/vendor/${vendor}/keys`, { publicKey: publicKey.trim() })) {
      setPublicKey('');
      setAsked(false);
      changed();
    }
  }
  return (
    <form className="card stack" aria-label={t('vendor.addKey')} onSubmit={(event) => void send(event)}>
      <Textarea
        labelText={t('vendor.publicKey')}
        value={publicKey}
        status={missing ? 'error' : 'default'}
        statusText={missing ? t('common.required') : ''}
        fullWidth
        onChange={(event) => setPublicKey(event.target.value)}
      />
      <div>
        <Button type="submit" aria-disabled={act.busy}>
          {t('vendor.addKey')}
        </Button>
      </div>
      {act.problem && <ErrorState problem={act.problem} />}
    </form>
  );
}
