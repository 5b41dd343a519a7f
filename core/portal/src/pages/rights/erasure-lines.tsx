import { useTranslation } from 'react-i18next';
import { useNamed } from '../../look/use-named.ts';
import { useWords } from '../../look/use-words.ts';
import type { ErasureLine } from './rights-shapes.ts';

/** Source by source: erased, kept until when, or not erased and why. */
export function ErasureLines({ lines }: { lines: readonly ErasureLine[] }) {
  const { t } = useTranslation();
  const { pick, date, moment } = useWords();
  const named = useNamed();
  const fate = ({ choice, dueOn, doneAt, rows }: ErasureLine): string => {
    if (doneAt) return t('rights.line.done', { date: moment(doneAt), rows: rows ?? 0 });
    if (choice === 'decline') return named(`rights.choices.${choice}`, choice);
    return dueOn ? t('rights.line.until', { date: date(dueOn) }) : t('rights.line.forGood');
  };
  return (
    <ul className="plain stack stack-small">
      {lines.map((line) => (
        <li key={`${line.source} ${line.plugin} ${line.purpose}`}>
          <strong>{[pick(line.text), line.plugin, line.purpose].filter(Boolean).join(' · ')}</strong>
          {`: ${fate(line)}. `}
          <span className="small quiet">{[line.reason, pick(line.ruleText)].filter(Boolean).join(' – ')}</span>
        </li>
      ))}
    </ul>
  );
}
