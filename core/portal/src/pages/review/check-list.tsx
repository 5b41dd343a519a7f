import { useTranslation } from 'react-i18next';
import type { ReviewCheck } from '../../api/shapes.ts';
import { Chip } from '../../look/chip.tsx';

export function CheckList({ checks }: { checks: readonly ReviewCheck[] }) {
  const { t } = useTranslation();
  return (
    <section className="card" aria-labelledby="checks">
      <h2 id="checks">{t('review.checks')}</h2>
      {checks.length === 0 && <p className="quiet">{t('review.noChecks')}</p>}
      <ul className="plain stack stack-small">
        {checks.map((check) => (
          <li key={check.name} className="row">
            <Chip tone={check.passed ? 'good' : 'bad'}>{t(check.passed ? 'review.passed' : 'review.failed')}</Chip>
            <span>
              <strong>{check.name}</strong>
              {check.message && ` – ${check.message}`}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
