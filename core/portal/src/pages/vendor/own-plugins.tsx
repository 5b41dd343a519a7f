import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { TableScroll } from '../../look/table-scroll.tsx';
import { useWords } from '../../look/use-words.ts';
import { StateChip } from './state-chip.tsx';
import type { VendorConsole, VendorPlugin } from './vendor-shapes.ts';

export function OwnPlugins({ desk }: { desk: VendorConsole }) {
  const { t } = useTranslation();
  return (
    <section className="stack" aria-labelledby="own-plugins">
      <h2 id="own-plugins">{t('vendor.plugins')}</h2>
      {desk.plugins.length === 0 && <p className="quiet">{t('vendor.noPlugins')}</p>}
      {desk.plugins.map((plugin) => (
        <OwnPluginCard key={plugin.plugin} plugin={plugin} />
      ))}
    </section>
  );
}

function OwnPluginCard({ plugin: { plugin, name, versions } }: { plugin: VendorPlugin }) {
  const { t } = useTranslation();
  const { pick, moment } = useWords();
  const [vendor, short] = plugin.split('/');
  return (
    <div className="card stack">
      <h3>
        <Link to={`/vendor/${vendor}/plugins/${short}`}>{pick(name)}</Link>{' '}
        <span className="quiet small">{plugin}</span>
      </h3>
      <TableScroll name={pick(name)}>
        <table className="table">
          <thead>
            <tr>
              <th scope="col">{t('vendor.version')}</th>
              <th scope="col">{t('vendor.state')}</th>
              <th scope="col">{t('vendor.since')}</th>
              <th scope="col">{t('vendor.sent')}</th>
            </tr>
          </thead>
          <tbody>
            {versions.map(({ version, state, stateSince, publishedAt }) => (
              <tr key={version}>
                <th scope="row">{version}</th>
                <td>
                  <StateChip state={state} />
                </td>
                <td>{moment(stateSince)}</td>
                <td>{moment(publishedAt)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </TableScroll>
    </div>
  );
}
