import { useTranslation } from 'react-i18next';
import type { DataTermsChange } from '../../api/shapes.ts';
import { Chip } from '../../look/chip.tsx';
import { useElementText } from '../../look/use-element-text.ts';

const tones = { added: 'warn', removed: 'plain', changed: 'info' } as const;

export function TermsDiff({
  diff,
  previous,
}: {
  diff: readonly DataTermsChange[] | undefined;
  previous: string | null | undefined;
}) {
  const { t } = useTranslation();
  return (
    <section className="card" aria-labelledby="terms-diff">
      <h2 id="terms-diff">{t('review.diff')}</h2>
      <p className="quiet">{previous ? t('review.diffFrom', { version: previous }) : t('review.diffFirst')}</p>
      {previous && (diff ?? []).length === 0 && <p>{t('review.diffNone')}</p>}
      <ul className="plain stack">
        {(diff ?? []).map((change) => (
          <OneChange key={JSON.stringify(change)} change={change} />
        ))}
      </ul>
    </section>
  );
}

function OneChange({ change }: { change: DataTermsChange }) {
  const { t } = useTranslation();
  const elementText = useElementText();
  return (
    <li className="row">
      <Chip tone={tones[change.kind]}>{t(`review.kinds.${change.kind}`)}</Chip>
      <span>
        {[change.element && elementText(change.element), change.purpose, change.what].filter(Boolean).join(' · ')}
        {change.kind === 'changed' && (
          <>
            : {t('review.before').toLowerCase()} <del>{words(change.before)}</del>, {t('review.after').toLowerCase()}{' '}
            <ins>{words(change.after)}</ins>
          </>
        )}
      </span>
    </li>
  );
}

function words(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value ?? null);
}
