import { useTranslation } from 'react-i18next';
import { Chip } from '../../look/chip.tsx';
import { useNamed } from '../../look/use-named.ts';
import { useWords } from '../../look/use-words.ts';
import type { OwnSignIn } from './account-shapes.ts';

interface SignInRowProps {
  signIn: OwnSignIn;
  busy: boolean;
  end: () => void;
}

export function SignInRow({ signIn, busy, end }: SignInRowProps) {
  const { t } = useTranslation();
  const { moment } = useWords();
  const named = useNamed();
  const { browser, system } = signIn.device;
  const device = t('account.device', {
    browser: named(`account.browsers.${browser}`, browser),
    system: named(`account.systems.${system}`, system),
  });
  const since = moment(signIn.signedInAt);
  return (
    <li className="card">
      <div className="row row-apart">
        <h3>{device}</h3>
        {signIn.current ? (
          <Chip tone="good">{t('account.thisOne')}</Chip>
        ) : (
          <button
            type="button"
            className="button button-second"
            aria-disabled={busy}
            aria-label={t('account.endNamed', { device, since })}
            onClick={busy ? undefined : end}
          >
            {t('account.end')}
          </button>
        )}
      </div>
      <p>{t('account.since', { since, kind: t(`account.kinds.${signIn.kind}`) })}</p>
      <p className="small quiet">{t('account.until', { seen: moment(signIn.seenAt), ends: moment(signIn.endsAt) })}</p>
    </li>
  );
}
