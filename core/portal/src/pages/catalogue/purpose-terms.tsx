import { useTranslation } from 'react-i18next';
import type { ManifestPurpose, ManifestScope } from '../../api/shapes.ts';
import { Chip } from '../../look/chip.tsx';
import { Facts } from '../../look/facts.tsx';
import { useElementText } from '../../look/use-element-text.ts';
import { useWords } from '../../look/use-words.ts';

export function PurposeTerms({ purpose, scopes }: { purpose: ManifestPurpose; scopes: readonly ManifestScope[] }) {
  const { t } = useTranslation();
  const { pick } = useWords();
  return (
    <article className="card">
      <h3>{pick(purpose.text)}</h3>
      <div className="scopes">
        {scopes.map((scope) => (
          <ScopeTerms key={scope.capability + scope.elements.join()} scope={scope} />
        ))}
      </div>
      {purpose.withoutConsent && <Facts facts={[[t('terms.without'), pick(purpose.withoutConsent)]]} />}
    </article>
  );
}

function ScopeTerms({ scope }: { scope: ManifestScope }) {
  const { t } = useTranslation();
  const { pick } = useWords();
  const elementText = useElementText();
  return (
    <Facts
      facts={[
        [t('terms.elements'), scope.elements.map(elementText).join(', ')],
        [t('terms.why'), pick(scope.necessity)],
        [
          t('terms.basis'),
          <Chip key="basis" tone={scope.legalBasis === 'consent' ? 'warn' : 'info'}>
            {t(`terms.basesLong.${scope.legalBasis}`)}
          </Chip>,
        ],
        [
          t('terms.retention'),
          scope.retentionDays === 0 ? t('common.notKept') : t('common.days', { count: scope.retentionDays }),
        ],
      ]}
    />
  );
}
