import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from 'suomifi-ui-components';
import type { ChildPlugin, ReadItem } from '../../api/shapes.ts';
import { useAnswer } from '../../api/use-answer.ts';
import { usePages } from '../../api/use-pages.ts';
import { EmptyState } from '../../look/empty-state.tsx';
import { ErrorState } from '../../look/error-state.tsx';
import { WaitingState } from '../../look/waiting-state.tsx';
import type { CaseView } from '../cases/case-shape.ts';
import { OwnCases } from '../cases/own-cases.tsx';
import { DownloadReads } from './download-reads.tsx';
import { ReadCard } from './read-card.tsx';
import { useDownload } from '../rights/use-download.ts';
import { type ReadChoice, ReadFilter } from './read-filter.tsx';

/** Who looked at what, when, why: newest first, a page at a time. */
export function Reads({ child, name }: { child: string; name: string }) {
  const { t } = useTranslation();
  const [chosen, choose] = useState<ReadChoice>({ plugin: '', role: '', purpose: '' });
  const proofs = useDownload();
  const plugins = useAnswer<ChildPlugin[]>(`/api/family/children/${child}/plugins`);
  const cases = useAnswer<CaseView[]>(`/api/family/children/${child}/cases`);
  const known = plugins.state === 'ready' ? plugins.value : [];
  const path = `/api/family/children/${child}/reads?${new URLSearchParams(Object.entries({ ...chosen, limit: '20' }).filter(([, value]) => value !== ''))}`;
  const reads = usePages<ReadItem>(path);
  return (
    <section className="stack" aria-labelledby="reads">
      <h2 id="reads">{t('family.reads')}</h2>
      <p className="quiet measure">{t(child === 'me' ? 'reads.leadOwn' : 'reads.lead')}</p>
      <div className="row row-apart">
        <ReadFilter plugins={known} chosen={chosen} choose={choose} />
        <DownloadReads path={path} name={name} />
        <Button
          variant="secondaryNoBorder"
          aria-disabled={proofs.busy}
          onClick={() => void proofs.get(`/api/family/children/${child}/reads/download`, 'digione-family-log.json')}
        >
          {t('watching.proof')}
        </Button>
      </div>
      {proofs.problem && <ErrorState problem={proofs.problem} />}
      <p role="status" className="small quiet">
        {reads.state === 'ready' && t('reads.shown', { count: reads.items.length })}
      </p>
      <OwnCases cases={cases} />
      {reads.items.length > 0 && (
        <ol className="plain stack">
          {reads.items.map((read) => (
            <ReadCard key={read.event} read={read} plugins={known} child={child} asked={cases.reload} />
          ))}
        </ol>
      )}
      {reads.state === 'ready' && reads.items.length === 0 && (
        <EmptyState title={t('reads.emptyTitle')} text={t('reads.empty')} icon="eye" />
      )}
      {reads.state === 'loading' && <WaitingState />}
      {reads.state === 'failed' && reads.problem && <ErrorState problem={reads.problem} retry={reads.reload} />}
      {reads.hasMore && reads.state === 'ready' && (
        <div>
          <Button variant="secondary" onClick={reads.more}>
            {t('common.more')}
          </Button>
        </div>
      )}
    </section>
  );
}
