import { useTranslation } from 'react-i18next';
import { useWords } from '../../look/use-words.ts';
import type { PasskeyView } from './account-shapes.ts';

interface PasskeyRowProps {
  passkey: PasskeyView;
  busy: boolean;
  remove: () => void;
}

export function PasskeyRow({ passkey: { name, createdAt, usedAt }, busy, remove }: PasskeyRowProps) {
  const { t } = useTranslation();
  const { moment } = useWords();
  return (
    <li className="card">
      <div className="row row-apart">
        <h3>{name}</h3>
        <button
          type="button"
          className="button button-second"
          aria-disabled={busy}
          aria-label={t('account.removeNamed', { name })}
          onClick={busy ? undefined : remove}
        >
          {t('account.remove')}
        </button>
      </div>
      <p className="small quiet">
        {t('account.added', { when: moment(createdAt) })}{' '}
        {usedAt ? t('account.used', { when: moment(usedAt) }) : t('account.neverUsed')}
      </p>
    </li>
  );
}
