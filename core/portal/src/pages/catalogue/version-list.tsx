import { useTranslation } from 'react-i18next';
import type { CatalogueDetail } from '../../api/shapes.ts';
import { useNamed } from '../../look/use-named.ts';

export function VersionList({ versions }: { versions: CatalogueDetail['versions'] }) {
  const { t } = useTranslation();
  const named = useNamed();
  return (
    <section className="stack stack-small" aria-labelledby="versions">
      <h2 id="versions">{t('catalogue.versions')}</h2>
      <ul className="plain stack stack-small">
        {versions.map(({ version, state, revoked }) => (
          <li key={version} className="row">
            <strong>{version}</strong>
            <span className="quiet">{named(`catalogue.states.${revoked ? 'revoked' : state}`, state)}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
