import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import type { CatalogueDetail, MunicipalityPlugin } from '../../api/shapes.ts';
import { type LiveAnswer, useAnswer } from '../../api/use-answer.ts';
import { Page } from '../../frame/page.tsx';
import { Answered } from '../../look/answered.tsx';
import { useWords } from '../../look/use-words.ts';
import { DataTerms } from '../catalogue/data-terms.tsx';
import { PluginFacts } from '../catalogue/plugin-facts.tsx';
import { AgreementSummary } from './agreement-summary.tsx';
import { PluginHealth } from './plugin-health.tsx';
import { SchoolList } from './school-list.tsx';

/** One plugin for an administrator: agreement, schools, then its terms in full. */
export function MunicipalityPluginPage() {
  const { vendor, name } = useParams();
  const detail = useAnswer<CatalogueDetail>(`/api/catalogue/${vendor}/${name}`);
  const plugins = useAnswer<MunicipalityPlugin[]>('/api/municipality/plugins');
  return (
    <Answered of={detail}>
      {(value) => <Answered of={plugins}>{() => <PluginParts detail={value} plugins={plugins} />}</Answered>}
    </Answered>
  );
}

function PluginParts({
  detail: { manifest },
  plugins,
}: {
  detail: CatalogueDetail;
  plugins: LiveAnswer<MunicipalityPlugin[]>;
}) {
  const { t } = useTranslation();
  const { pick } = useWords();
  const agreed = plugins.state === 'ready' ? plugins.value.find(({ plugin }) => plugin === manifest.id) : undefined;
  return (
    <Page
      title={pick(manifest.name)}
      lead={pick(manifest.description)}
      crumbs={[{ to: '/', text: t('municipality.title') }]}
    >
      <div className="stack stack-large">
        <AgreementSummary manifest={manifest} agreed={agreed} />
        <section className="stack" aria-labelledby="schools">
          <div>
            <h2 id="schools">{t('municipality.schools')}</h2>
            <p className="quiet">{t(agreed ? 'municipality.schoolsLead' : 'municipality.needsAgreement')}</p>
          </div>
          {agreed ? (
            <SchoolList agreed={agreed} changed={plugins.reload} />
          ) : (
            <div>
              <Link className="button" to={`/municipality/${manifest.id}/agreement`}>
                {t('municipality.accept')}
              </Link>
            </div>
          )}
        </section>
        {agreed && <PluginHealth plugin={manifest.id} />}
        <DataTerms manifest={manifest} />
        <PluginFacts manifest={manifest} />
      </div>
    </Page>
  );
}
