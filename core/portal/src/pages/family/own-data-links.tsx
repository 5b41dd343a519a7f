import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';

const pages = [
  ['consents', '/family/me/consents'],
  ['reads', '/family/me/reads'],
  ['data', '/family/me/data'],
] as const;

/** A learner's way to what is known and asked about them. */
export function OwnDataLinks() {
  const { t } = useTranslation();
  return (
    <section className="stack" aria-labelledby="own-data">
      <h2 id="own-data">{t('home.ownDataTitle')}</h2>
      <ul className="plain grid">
        {pages.map(([text, to]) => (
          <li key={to} className="card">
            <h3>
              <Link className="card-link" to={to}>
                {t(`family.${text}`)}
              </Link>
            </h3>
          </li>
        ))}
      </ul>
    </section>
  );
}
