import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { SchoolPlugin } from '../../api/shapes.ts';
import { Chip } from '../../look/chip.tsx';
import { useWords } from '../../look/use-words.ts';

export function PluginList({ plugins }: { plugins: readonly SchoolPlugin[] }) {
  const { t } = useTranslation();
  return (
    <section className="stack" aria-labelledby="apps">
      <h2 id="apps">{t('home.plugins')}</h2>
      <ul className="plain grid">
        {plugins.map((plugin) => (
          <PluginEntry key={plugin.plugin} plugin={plugin} />
        ))}
      </ul>
    </section>
  );
}

function PluginEntry({ plugin }: { plugin: SchoolPlugin }) {
  const { t } = useTranslation();
  const { pick } = useWords();
  const [first, ...others] = plugin.status === 'enabled' ? plugin.pages : [];
  return (
    <li className="card app">
      <span className="app-sign" aria-hidden="true">
        {pick(plugin.name).slice(0, 1)}
      </span>
      <div className="stack stack-small">
        <h3>
          {first ? (
            <Link className="card-link" to={`/plugins/${plugin.plugin}/${first.id}`}>
              {pick(plugin.name)}
            </Link>
          ) : (
            pick(plugin.name)
          )}
        </h3>
        <p className="quiet small">{pick(plugin.description)}</p>
        {plugin.status !== 'enabled' && (
          <p>
            <Chip tone="warn">{t('home.stopped')}</Chip>
          </p>
        )}
        {others.length > 0 && (
          <ul className="plain row app-pages">
            {others.map((page) => (
              <li key={page.id}>
                <Link to={`/plugins/${plugin.plugin}/${page.id}`}>{pick(page.title)}</Link>
              </li>
            ))}
          </ul>
        )}
      </div>
    </li>
  );
}
