import { useTranslation } from 'react-i18next';
import { useAct } from '../../api/use-act.ts';
import { ErrorState } from '../../look/error-state.tsx';
import { useWords } from '../../look/use-words.ts';
import { NewToken } from './new-token.tsx';
import type { DeskPart } from './vendor-page.tsx';

export function OwnTokens({ desk, changed }: DeskPart) {
  const { t } = useTranslation();
  const { moment } = useWords();
  const act = useAct();
  async function revoke(id: string): Promise<void> {
    await act.run(`/api/vendor/${desk.namespace}/tokens/${id}/revoke`);
    changed();
  }
  const good = desk.tokens.filter(({ isGood }) => isGood);
  return (
    <section className="stack" aria-labelledby="own-tokens">
      <h2 id="own-tokens">{t('vendor.tokens')}</h2>
      <p className="quiet measure">{t('vendor.tokensLead')}</p>
      {good.length === 0 && <p className="quiet">{t('vendor.noTokens')}</p>}
      <ul className="plain stack">
        {good.map(({ id, member, plugin, expiresAt }) => (
          <li key={id} className="card">
            <div className="row row-apart">
              <span>
                {t('vendor.tokenOf', { member, until: moment(expiresAt) })}{' '}
                <span className="quiet small">{plugin ?? t('vendor.anyPlugin')}</span>
              </span>
              <button
                type="button"
                className="button button-second"
                aria-disabled={act.busy}
                aria-label={t('vendor.revokeToken', { member })}
                onClick={() => void revoke(id)}
              >
                {t('vendor.revoke')}
              </button>
            </div>
          </li>
        ))}
      </ul>
      {act.problem && <ErrorState problem={act.problem} />}
      {desk.role !== 'approver' && <NewToken desk={desk} changed={changed} />}
    </section>
  );
}
