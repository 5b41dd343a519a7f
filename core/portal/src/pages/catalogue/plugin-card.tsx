import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { CatalogueItem } from '../../api/shapes.ts';
import { useWords } from '../../look/use-words.ts';
import { LabelRow } from './label-row.tsx';

export function PluginCard({ item, level = 2 }: { item: CatalogueItem; level?: 2 | 3 }) {
  const { t } = useTranslation();
  const { pick } = useWords();
  const Title = `h${level}` as const;
  return (
    <li className="card">
      <Title>
        <Link className="card-link" to={`/catalogue/${item.plugin}`}>
          {pick(item.name)}
        </Link>
      </Title>
      <p>{pick(item.description)}</p>
      <p className="small quiet">{t('catalogue.by', { vendor: item.vendor })}</p>
      <div className="card-foot">
        <LabelRow item={item} />
      </div>
    </li>
  );
}
