import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { CatalogueItem, Listed } from '../../api/shapes.ts';
import { useAnswer } from '../../api/use-answer.ts';
import { Page } from '../../frame/page.tsx';
import { Answered } from '../../look/answered.tsx';
import { EmptyState } from '../../look/empty-state.tsx';
import { PluginCard } from '../catalogue/plugin-card.tsx';
import { Promises } from './promises.tsx';
import './front.css';

export function FrontPage() {
  const { t } = useTranslation();
  const catalogue = useAnswer<Listed<CatalogueItem>>('/api/catalogue?limit=6');
  return (
    <div className="stack stack-large">
      <div className="hero">
        <Page title={t('front.title')} lead={t('front.lead')}>
          <div className="row">
            <Link className="button" to="/sign-in">
              {t('front.signIn')}
            </Link>
            <Link className="button button-second" to="/catalogue">
              {t('front.browse')}
            </Link>
          </div>
        </Page>
      </div>
      <Promises />
      <section className="stack" aria-labelledby="front-catalogue">
        <div className="row row-apart">
          <h2 id="front-catalogue">{t('front.catalogueTitle')}</h2>
          <Link to="/catalogue">{t('front.catalogueAll')}</Link>
        </div>
        <Answered of={catalogue}>
          {({ items }) =>
            items.length === 0 ? (
              <EmptyState title={t('catalogue.emptyAll')} />
            ) : (
              <ul className="plain grid">
                {items.map((item) => (
                  <PluginCard key={item.plugin} item={item} level={3} />
                ))}
              </ul>
            )
          }
        </Answered>
      </section>
    </div>
  );
}
