import { useTranslation } from 'react-i18next';
import type { SchoolPlugin } from '../../api/shapes.ts';
import { Tile } from './tile.tsx';

export function TileBoard({ plugins }: { plugins: readonly SchoolPlugin[] }) {
  const { t } = useTranslation();
  const tiles = plugins.flatMap((plugin) => plugin.tiles.map((tile) => ({ plugin, tile })));
  if (tiles.length === 0) return null;
  return (
    <section className="stack" aria-labelledby="today">
      <h2 id="today">{t('home.today')}</h2>
      <div className="tiles">
        {tiles.map(({ plugin, tile }) => (
          <Tile key={`${plugin.plugin}/${tile.id}`} plugin={plugin} id={tile.id} title={tile.title} />
        ))}
      </div>
    </section>
  );
}
