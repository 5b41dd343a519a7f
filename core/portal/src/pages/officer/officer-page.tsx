import { useTranslation } from 'react-i18next';
import { useAnswer } from '../../api/use-answer.ts';
import { Page } from '../../frame/page.tsx';
import { Answered } from '../../look/answered.tsx';
import { CaseList } from '../cases/case-list.tsx';
import { Reminders } from '../rights/reminders.tsx';
import { IncidentSearch } from './incident-search.tsx';
import type { ProcessingActivity } from './officer-shapes.ts';
import { ProcessingTable } from './processing-table.tsx';
import { ReadAlarms } from './read-alarms.tsx';
import { TakeLog } from './take-log.tsx';

/** Where the data protection officer begins: incidents, the record of processing, questions of families. */
export function OfficerPage() {
  const { t } = useTranslation();
  const record = useAnswer<ProcessingActivity[]>('/api/officer/processing');
  const plugins = record.state === 'ready' ? [...new Set(record.value.map(({ plugin }) => plugin))] : [];
  return (
    <Page title={t('officer.title')} lead={t('officer.lead')}>
      <div className="stack stack-large">
        <Reminders />
        <ReadAlarms />
        <IncidentSearch plugins={plugins} />
        <section className="stack" aria-labelledby="processing">
          <h2 id="processing">{t('officer.processing')}</h2>
          <p className="quiet measure">{t('officer.processingLead')}</p>
          <Answered of={record}>{(rows) => <ProcessingTable rows={rows} />}</Answered>
        </section>
        <section className="stack" aria-labelledby="cases">
          <h2 id="cases">{t('cases.title')}</h2>
          <CaseList />
        </section>
        <TakeLog />
      </div>
    </Page>
  );
}
