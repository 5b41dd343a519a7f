import { useTranslation } from 'react-i18next';
import { dayWords, finnishToday } from '../look/dates.ts';
import { useWords } from '../look/use-words.ts';

/** Shown while the school calendar is pinned to a day that is not today: only a demonstration does so. */
export function DemonstrationBanner({ today }: { today: string | undefined }) {
  const { t } = useTranslation();
  const { language } = useWords();
  if (!today || today === finnishToday()) return null;
  return (
    <div className="banner">
      <p className="inner">{t('frame.demonstration', { date: dayWords(today, language) })}</p>
    </div>
  );
}
