import { useTranslation } from 'react-i18next';
import type { LiveAnswer } from '../../api/use-answer.ts';
import { CaseCard } from './case-card.tsx';
import type { CaseView } from './case-shape.ts';

/** A family's own questions about one child; nothing while there are none. */
export function OwnCases({ cases }: { cases: LiveAnswer<CaseView[]> }) {
  const { t } = useTranslation();
  if (cases.state !== 'ready' || cases.value.length === 0) return null;
  return (
    <section className="stack" aria-labelledby="own-cases">
      <h3 id="own-cases">{t('cases.own')}</h3>
      <ul className="plain stack">
        {cases.value.map((one) => (
          <CaseCard key={one.id} of={one} />
        ))}
      </ul>
    </section>
  );
}
