import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import { useAnswer } from '../../api/use-answer.ts';
import { Page } from '../../frame/page.tsx';
import { Answered } from '../../look/answered.tsx';
import { useNamed } from '../../look/use-named.ts';
import { useWords } from '../../look/use-words.ts';
import { CheckList } from '../review/check-list.tsx';
import { StateChip } from './state-chip.tsx';
import type { OwnPlugin, OwnRelease } from './vendor-shapes.ts';

/** One plugin as its vendor sees it: each version with its checks, steps and the reviewers' words. */
export function VendorPluginPage() {
  const { t } = useTranslation();
  const { pick } = useWords();
  const { vendor = '', name = '' } = useParams();
  const answer = useAnswer<OwnPlugin>(`/api/vendor/${vendor}/plugins/${name}`);
  const title = (answer.state === 'ready' && pick(answer.value.name)) || `${vendor}/${name}`;
  const crumbs = [
    { to: '/', text: t('vendor.title') },
    { to: `/vendor/${vendor}`, text: vendor },
  ];
  return (
    <Page title={title} lead={`${vendor}/${name}`} crumbs={crumbs}>
      <Answered of={answer}>
        {({ versions }) => (
          <div className="stack stack-large">
            {versions.length === 0 && <p className="quiet">{t('vendor.noPlugins')}</p>}
            {versions.map((release) => (
              <ReleaseCard key={release.version} release={release} />
            ))}
          </div>
        )}
      </Answered>
    </Page>
  );
}

function ReleaseCard({ release: { version, state, checks = [], transitions = [] } }: { release: OwnRelease }) {
  const { t } = useTranslation();
  const { moment } = useWords();
  const named = useNamed();
  return (
    <section className="card stack" aria-label={t('common.version', { version })}>
      <div className="row">
        <h2>{t('common.version', { version })}</h2>
        <StateChip state={state} />
      </div>
      {transitions.length > 0 && (
        <>
          <h3>{t('vendor.moves')}</h3>
          <ol className="plain stack">
            {transitions.map(({ to, at, evidence }) => (
              <li key={`${to} ${at}`}>
                {named(`vendor.states.${to}`, to)} <span className="quiet small">{moment(at)}</span>
                {evidence.note && <p>{t('vendor.note', { note: evidence.note })}</p>}
              </li>
            ))}
          </ol>
        </>
      )}
      {checks.length > 0 && <CheckList checks={checks} />}
    </section>
  );
}
