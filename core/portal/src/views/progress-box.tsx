import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import type { ViewOf } from './view-of.ts';

export function ProgressBox({ view: { label, value } }: { view: ViewOf<'progress'> }) {
  const { t } = useTranslation();
  const id = useId();
  const rounded = Math.round(value);
  return (
    <div className="view-progress">
      <span id={id}>{label}</span>
      <span className="quiet">{t('views.progress', { value: rounded })}</span>
      <progress aria-labelledby={id} max={100} value={rounded} />
    </div>
  );
}
