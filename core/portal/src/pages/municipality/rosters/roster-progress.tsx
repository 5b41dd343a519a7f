import { useTranslation } from 'react-i18next';
import { useWords } from '../../../look/use-words.ts';
import type { Roster } from './roster-shapes.ts';

export function RosterProgress({ progress }: { progress: Roster['progress'] }) {
  const { t } = useTranslation();
  const { language } = useWords();
  const text = progress
    ? t(`rosters.${progress.phase}`, { file: progress.file, rows: progress.rows.toLocaleString(language) })
    : t('rosters.begins');
  return (
    <div className="stack stack-small">
      <progress
        className="roster-progress"
        aria-label={t('rosters.progress')}
        max={1}
        {...(progress && { value: progress.share })}
      />
      <p>{text}</p>
    </div>
  );
}
