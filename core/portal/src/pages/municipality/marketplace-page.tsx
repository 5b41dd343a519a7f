import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { CatalogueItem, Freshness, Listed, MunicipalityPlugin } from '../../api/shapes.ts';
import { useAnswer } from '../../api/use-answer.ts';
import { Page } from '../../frame/page.tsx';
import { Answered } from '../../look/answered.tsx';
import { EmptyState } from '../../look/empty-state.tsx';
import { Notice } from '../../look/notice.tsx';
import { SearchForm } from '../../look/search-form.tsx';
import { useWords } from '../../look/use-words.ts';
import { ReadAlarms } from '../officer/read-alarms.tsx';
import { offersOf } from './offers.ts';
import { OfferCard } from './offer-card.tsx';

/** What can be taken into use and what is, in one list. */
export function MarketplacePage() {
  const { t } = useTranslation();
  const { language } = useWords();
  const [words, setWords] = useState('');
  const catalogue = useAnswer<Listed<CatalogueItem> & Freshness>(
    `/api/catalogue?${new URLSearchParams({ ...(words ? { q: words } : {}), language, limit: '100' })}`,
  );
  const agreed = useAnswer<MunicipalityPlugin[]>('/api/municipality/plugins');
  return (
    <Page title={t('municipality.title')} lead={t('municipality.lead')}>
      <div className="stack">
        <ReadAlarms />
        <p>
          <Link to="/municipality/explain">{t('explain.title')}</Link>
        </p>
        <SearchForm label={t('municipality.filterLabel')} words={words} search={setWords} />
        <Answered of={catalogue}>
          {(offered) => (
            <>
              <StaleNotice freshness={offered} />
              <Answered of={agreed}>
                {(plugins) => <Offers offers={offersOf(offered.items, plugins, words)} />}
              </Answered>
            </>
          )}
        </Answered>
      </div>
    </Page>
  );
}

function Offers({ offers }: { offers: ReturnType<typeof offersOf> }) {
  const { t } = useTranslation();
  if (offers.length === 0) return <EmptyState title={t('municipality.emptyTitle')} text={t('municipality.empty')} />;
  return (
    <ul className="plain grid">
      {offers.map((offer) => (
        <OfferCard key={offer.plugin} offer={offer} />
      ))}
    </ul>
  );
}

function StaleNotice({ freshness: { fresh, asOf } }: { freshness: Freshness }) {
  const { t } = useTranslation();
  const { moment } = useWords();
  if (fresh !== false) return null;
  return (
    <Notice tone="warn">
      <p>{t('catalogue.stale', { when: asOf ? moment(asOf) : t('common.unknown') })}</p>
    </Notice>
  );
}
