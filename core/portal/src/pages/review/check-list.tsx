import { useTranslation } from 'react-i18next';
import type { ReviewCheck } from '../../api/shapes.ts';
import { Chip } from '../../look/chip.tsx';

/** What the registry's checks found; a warning is for the reviewer to weigh. */
export function CheckList({ checks }: { checks: readonly ReviewCheck[] }) {
  const { t } = useTranslation();
  return (
    <section className="card" aria-labelledby="checks">
      <h2 id="checks">{t('review.checks')}</h2>
      {checks.length === 0 && <p className="quiet">{t('review.noChecks')}</p>}
      <ul className="plain stack stack-small">
        {checks.map((check) => (
          <li key={`${check.check} ${check.where} ${check.message}`} className="row check">
            <Outcome check={check} />
            <span>
              <strong>{check.check}</strong>
              {check.message && ` – ${check.message}`} {check.where && <span className="code">{check.where}</span>}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Outcome({ check: { ok, severity } }: { check: ReviewCheck }) {
  const { t } = useTranslation();
  if (ok) return <Chip tone="good">{t('review.passed')}</Chip>;
  return severity === 'warning' ? (
    <Chip tone="warn">{t('review.weigh')}</Chip>
  ) : (
    <Chip tone="bad">{t('review.failed')}</Chip>
  );
}
