import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import type { CatalogueDetail } from '../../api/shapes.ts';
import { useAnswer } from '../../api/use-answer.ts';
import { Page } from '../../frame/page.tsx';
import { Answered } from '../../look/answered.tsx';
import { useWords } from '../../look/use-words.ts';
import { DataTerms } from './data-terms.tsx';
import { PluginFacts } from './plugin-facts.tsx';
import { VersionList } from './version-list.tsx';

export function CatalogueDetailPage() {
  const { vendor, name } = useParams();
  const detail = useAnswer<CatalogueDetail>(`/api/catalogue/${vendor}/${name}`);
  return <Answered of={detail}>{(value) => <Detail detail={value} />}</Answered>;
}

function Detail({ detail }: { detail: CatalogueDetail }) {
  const { t } = useTranslation();
  const { pick } = useWords();
  const { manifest } = detail;
  return (
    <Page
      title={pick(manifest.name)}
      lead={pick(manifest.description)}
      crumbs={[{ to: '/catalogue', text: t('catalogue.title') }]}
    >
      <div className="stack stack-large">
        <PluginFacts manifest={manifest} />
        <DataTerms manifest={manifest} />
        <VersionList versions={detail.versions} />
      </div>
    </Page>
  );
}
