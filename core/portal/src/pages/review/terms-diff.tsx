import { useTranslation } from 'react-i18next';
import type { TermChange } from '../../api/shapes.ts';
import { Chip } from '../../look/chip.tsx';
import { useWords } from '../../look/use-words.ts';

const tones = { widens: 'warn', narrows: 'good', rewords: 'plain' } as const;

/** What changes in the data terms, in the registry's own sentences; what widens comes first. */
export function TermsDiff({ changes, previous }: { changes: readonly TermChange[]; previous: string | null }) {
  const { t } = useTranslation();
  const { pick } = useWords();
  const sorted = [...changes].sort((one, other) => order(one) - order(other));
  return (
    <section className="card" aria-labelledby="terms-diff">
      <h2 id="terms-diff">{t('review.diff')}</h2>
      <p className="quiet">{previous ? t('review.diffFrom', { version: previous }) : t('review.diffFirst')}</p>
      {previous && changes.length === 0 && <p>{t('review.diffNone')}</p>}
      <ul className="plain stack stack-small">
        {sorted.map((change) => (
          <li key={`${change.kind} ${change.key} ${change.direction}`} className="row">
            <Chip tone={tones[change.direction]}>{t(`review.kinds.${change.direction}`)}</Chip>
            <span>{pick(change.text)}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function order({ direction }: TermChange): number {
  return direction === 'widens' ? 0 : 1;
}
