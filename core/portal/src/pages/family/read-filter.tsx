import { useTranslation } from 'react-i18next';
import type { ChildPlugin } from '../../api/shapes.ts';
import { useWords } from '../../look/use-words.ts';

interface ReadFilterProps {
  plugins: readonly ChildPlugin[];
  chosen: string;
  choose: (plugin: string) => void;
}

/** A native list: on a phone it opens the phone's own chooser. */
export function ReadFilter({ plugins, chosen, choose }: ReadFilterProps) {
  const { t } = useTranslation();
  const { pick } = useWords();
  return (
    <label className="choice">
      <span>{t('reads.filter')}</span>
      <select value={chosen} onChange={(event) => choose(event.target.value)}>
        <option value="">{t('reads.filterAll')}</option>
        {plugins.map(({ plugin, name }) => (
          <option key={plugin} value={plugin}>
            {pick(name)}
          </option>
        ))}
      </select>
    </label>
  );
}
