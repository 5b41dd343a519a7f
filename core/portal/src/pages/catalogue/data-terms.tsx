import { useTranslation } from 'react-i18next';
import type { Manifest } from '../../api/shapes.ts';
import { useWords } from '../../look/use-words.ts';
import { PurposeTerms } from './purpose-terms.tsx';

/** Which data, for what, on which basis: the manifest in plain words. */
export function DataTerms({ manifest }: { manifest: Manifest }) {
  const { t } = useTranslation();
  return (
    <section className="stack" aria-labelledby="data-terms">
      <div>
        <h2 id="data-terms">{t('terms.title')}</h2>
        <p className="quiet">{manifest.scopes.length > 0 ? t('terms.lead') : t('terms.none')}</p>
      </div>
      {manifest.purposes.map((purpose) => (
        <PurposeTerms
          key={purpose.id}
          purpose={purpose}
          scopes={manifest.scopes.filter((scope) => scope.purpose === purpose.id)}
        />
      ))}
      <Recipients manifest={manifest} />
    </section>
  );
}

function Recipients({ manifest }: { manifest: Manifest }) {
  const { t } = useTranslation();
  const { pick } = useWords();
  const purposeText = (id: string) => pick(manifest.purposes.find((purpose) => purpose.id === id)?.text);
  const hosts = manifest.egress.map(({ processor, country, host, purpose }) =>
    [processor, country, host, purposeText(purpose)].filter(Boolean).join(' · '),
  );
  const helpers = manifest.subProcessors.map(({ name, country, task }) =>
    [name, country, pick(task)].filter(Boolean).join(' · '),
  );
  const all = [...hosts, ...helpers];
  return (
    <div className="card">
      <h3>{t('terms.recipients')}</h3>
      {all.length === 0 ? (
        <p>{t('terms.noRecipients')}</p>
      ) : (
        <ul>
          {all.map((one) => (
            <li key={one}>{one}</li>
          ))}
        </ul>
      )}
    </div>
  );
}
