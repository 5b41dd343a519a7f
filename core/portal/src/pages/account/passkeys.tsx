import { useTranslation } from 'react-i18next';
import { useAct } from '../../api/use-act.ts';
import { useAnswer } from '../../api/use-answer.ts';
import { Answered } from '../../look/answered.tsx';
import { ErrorState } from '../../look/error-state.tsx';
import { Notice } from '../../look/notice.tsx';
import type { PasskeyView } from './account-shapes.ts';
import { AddPasskey } from './add-passkey.tsx';
import { PasskeyRow } from './passkey-row.tsx';
import { passkeyPlace } from './passkey-place.ts';

export function Passkeys() {
  const { t } = useTranslation();
  const list = useAnswer<{ items: PasskeyView[] }>('/api/passkeys');
  const act = useAct();
  const place = passkeyPlace();
  async function remove(id: string): Promise<void> {
    await act.run(`/api/passkeys/${id}/remove`);
    list.reload();
  }
  return (
    <section className="stack" aria-labelledby="passkeys">
      <h2 id="passkeys">{t('account.passkeys')}</h2>
      <p className="quiet measure">{t('account.passkeysLead')}</p>
      <Answered of={list}>
        {({ items }) => (
          <>
            <p role="status" className="small quiet">
              {t('account.passkeysShown', { count: items.length })}
            </p>
            {items.length > 0 && (
              <ul className="plain stack">
                {items.map((passkey) => (
                  <PasskeyRow
                    key={passkey.id}
                    passkey={passkey}
                    busy={act.busy}
                    remove={() => void remove(passkey.id)}
                  />
                ))}
              </ul>
            )}
          </>
        )}
      </Answered>
      {place === 'works' ? <AddPasskey added={list.reload} /> : <Notice>{t(`account.place.${place}`)}</Notice>}
      {act.problem && act.problem.code !== 'fresh-sign-in-needed' && <ErrorState problem={act.problem} />}
    </section>
  );
}
