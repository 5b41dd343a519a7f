import { useTranslation } from 'react-i18next';
import { Button } from 'suomifi-ui-components';
import { useSearchParams } from 'react-router';
import type { CatalogueItem } from '../../api/shapes.ts';
import { usePages } from '../../api/use-pages.ts';
import { Page } from '../../frame/page.tsx';
import { EmptyState } from '../../look/empty-state.tsx';
import { ErrorState } from '../../look/error-state.tsx';
import { SearchForm } from '../../look/search-form.tsx';
import { useWords } from '../../look/use-words.ts';
import { WaitingState } from '../../look/waiting-state.tsx';
import { PluginCard } from './plugin-card.tsx';

export function CataloguePage() {
  const { t } = useTranslation();
  const { language } = useWords();
  const [search, setSearch] = useSearchParams();
  const words = search.get('q') ?? '';
  const list = usePages<CatalogueItem>(
    `/api/catalogue?${new URLSearchParams({ ...(words ? { q: words } : {}), language, limit: '24' })}`,
  );
  const empty = list.state === 'ready' && list.items.length === 0;
  return (
    <Page title={t('catalogue.title')} lead={t('catalogue.lead')}>
      <div className="stack">
        <SearchForm label={t('catalogue.searchLabel')} words={words} search={(q) => setSearch(q ? { q } : {})} />
        <p role="status" className="small quiet">
          {list.state === 'ready' && t('catalogue.found', { count: list.items.length })}
        </p>
        {list.items.length > 0 && (
          <ul className="plain grid">
            {list.items.map((item) => (
              <PluginCard key={item.plugin} item={item} />
            ))}
          </ul>
        )}
        {empty && (
          <EmptyState
            icon="search"
            title={words ? t('catalogue.emptyTitle') : t('catalogue.emptyAll')}
            text={words ? t('catalogue.empty') : undefined}
          />
        )}
        {list.state === 'loading' && <WaitingState />}
        {list.state === 'failed' && list.problem && <ErrorState problem={list.problem} retry={list.reload} />}
        {list.hasMore && list.state === 'ready' && (
          <div>
            <Button variant="secondary" onClick={list.more}>
              {t('common.more')}
            </Button>
          </div>
        )}
      </div>
    </Page>
  );
}
