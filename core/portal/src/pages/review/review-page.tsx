import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import type { ReviewDetail } from '../../api/shapes.ts';
import { useAnswer } from '../../api/use-answer.ts';
import { Page } from '../../frame/page.tsx';
import { Answered } from '../../look/answered.tsx';
import { useWords } from '../../look/use-words.ts';
import { DataTerms } from '../catalogue/data-terms.tsx';
import { PluginFacts } from '../catalogue/plugin-facts.tsx';
import { CheckList } from './check-list.tsx';
import { DecisionForm } from './decision-form.tsx';
import { TermsDiff } from './terms-diff.tsx';

export function ReviewPage() {
  const { t } = useTranslation();
  const { pick } = useWords();
  const { vendor, name, version } = useParams();
  const path = `/api/review/${vendor}/${name}/${version}`;
  const detail = useAnswer<ReviewDetail>(path);
  return (
    <Answered of={detail}>
      {(value) => (
        <Page
          title={`${pick(value.manifest.name)} ${value.version}`}
          lead={pick(value.manifest.description)}
          crumbs={[{ to: '/', text: t('review.title') }]}
        >
          <div className="stack stack-large">
            <CheckList checks={value.checks ?? []} />
            <TermsDiff changes={value.termChanges} previous={value.comparedWith} />
            <DataTerms manifest={value.manifest} />
            <PluginFacts manifest={value.manifest} />
            <DecisionForm path={`${path}/decision`} />
          </div>
        </Page>
      )}
    </Answered>
  );
}
