import { useTranslation } from 'react-i18next';
import type { CatalogueItem } from '../../api/shapes.ts';
import { Chip } from '../../look/chip.tsx';
import { euros } from '../../look/euros.ts';
import { useWords } from '../../look/use-words.ts';

/** Who it is for, accessibility, AI and cost at a glance. */
export function LabelRow({ item }: { item: CatalogueItem }) {
  const { t } = useTranslation();
  const { language } = useWords();
  return (
    <ul className="plain row label-row" aria-label={t('catalogue.labels')}>
      {item.roles.map((role) => (
        <li key={role}>
          <Chip>{t(`roles.${role}`)}</Chip>
        </li>
      ))}
      <li>
        <Chip tone="plain">{t('catalogue.level', { level: item.accessibility })}</Chip>
      </li>
      <li>
        <Chip tone={item.usesAi ? 'warn' : 'plain'}>
          {item.usesAi ? t('catalogue.aiUsed') : t('catalogue.aiNotUsed')}
        </Chip>
      </li>
      <li>
        <Chip tone="plain">
          {item.perLearnerYear === 0 ? t('catalogue.free') : euros(item.perLearnerYear, 'EUR', language)}
        </Chip>
      </li>
    </ul>
  );
}
