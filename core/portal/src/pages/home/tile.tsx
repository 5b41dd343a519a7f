import { useCallback, useId } from 'react';
import { useTranslation } from 'react-i18next';
import type { ViewTree } from '@digione/sdk/views';
import type { SchoolPlugin, Texts } from '../../api/shapes.ts';
import { useAnswer } from '../../api/use-answer.ts';
import { useLive } from '../../live/live-context.ts';
import { ErrorBoundary } from '../../look/error-boundary.tsx';
import { Icon } from '../../look/icon.tsx';
import { TraceLine } from '../../look/trace-line.tsx';
import { useWords } from '../../look/use-words.ts';
import { WaitingState } from '../../look/waiting-state.tsx';
import { PluginSurface } from '../../views/plugin-surface.tsx';

interface TileProps {
  plugin: SchoolPlugin;
  id: string;
  title: Texts;
}

/** One tile: the plugin's views, drawn by us. What fails stays inside it. */
export function Tile({ plugin, id, title }: TileProps) {
  const { t } = useTranslation();
  const { pick } = useWords();
  const heading = useId();
  return (
    <section className="card tile" aria-labelledby={heading}>
      <h3 id={heading}>{pick(title)}</h3>
      {plugin.status === 'enabled' ? (
        <ErrorBoundary fallback={<p>{t('home.tileFailed')}</p>}>
          <TileViews plugin={plugin.plugin} id={id} />
        </ErrorBoundary>
      ) : (
        <p className="row quiet">
          <Icon name="pause" />
          {t('home.tileStopped')}
        </p>
      )}
    </section>
  );
}

function TileViews({ plugin, id }: { plugin: string; id: string }) {
  const { t } = useTranslation();
  const tile = useAnswer<{ view: ViewTree; assets?: string }>(`/api/plugins/${plugin}/tiles/${id}`);
  useLive(
    'consent',
    useCallback(() => tile.reload(), [tile.reload]),
  );
  if (tile.state === 'loading') return <WaitingState />;
  if (tile.state === 'ready')
    return <PluginSurface plugin={plugin} view={tile.value.view} assets={tile.value.assets} reload={tile.reload} />;
  return (
    <div>
      <p>{t(tile.problem.code === 'plugin-stopped' ? 'home.tileStopped' : 'home.tileFailed')}</p>
      <TraceLine trace={tile.problem.trace} />
    </div>
  );
}
