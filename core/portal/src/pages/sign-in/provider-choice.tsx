import { useTranslation } from 'react-i18next';
import type { SignInPlace } from '../../api/shapes.ts';
import { useWords } from '../../look/use-words.ts';
import { signInAddress } from '../../session/sign-in-address.ts';

/** The ways to sign in to one place. Plain links: signing in leaves the app and comes back. */
export function ProviderChoice({ place, returnTo }: { place: SignInPlace | undefined; returnTo: string }) {
  const { t } = useTranslation();
  const { pick } = useWords();
  return (
    <section className="card" aria-labelledby="providers" aria-live="polite">
      <h2 id="providers" className="legend">
        {t('signIn.provider')}
      </h2>
      {!place && <p className="quiet">{t('signIn.choose')}</p>}
      {place?.providers.length === 0 && <p className="quiet">{t('signIn.noProviders')}</p>}
      <ul className="plain stack">
        {place?.providers.map((provider) => (
          <li key={provider.id}>
            <a className="button button-second provider" href={signInAddress(place.code, provider.id, returnTo)}>
              <strong>{pick(provider.label)}</strong>
              <span>{t(`signIn.kinds.${provider.kind}`)}</span>
            </a>
          </li>
        ))}
      </ul>
    </section>
  );
}
