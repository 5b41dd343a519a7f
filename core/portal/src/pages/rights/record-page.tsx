import { useTranslation } from 'react-i18next';
import { Button } from 'suomifi-ui-components';
import type { Texts } from '../../api/shapes.ts';
import { useAnswer } from '../../api/use-answer.ts';
import { Page } from '../../frame/page.tsx';
import { Answered } from '../../look/answered.tsx';
import { ErrorState } from '../../look/error-state.tsx';
import { Facts } from '../../look/facts.tsx';
import { TableScroll } from '../../look/table-scroll.tsx';
import { useNamed } from '../../look/use-named.ts';
import { useWords } from '../../look/use-words.ts';
import { useDownload } from './use-download.ts';

interface RecordActivity {
  source: string;
  name: Texts;
  purpose: Texts;
  bases: string[];
  law: string | null;
  categories: string[];
  fields: { element: string; text: Texts }[];
  recipients: { name: string; country: string }[];
  transfers: string[];
  retention: Texts;
}

interface ProcessingRecord {
  controller: { name: Texts; code: string };
  officers: { name: string; email: string | null; phone: string | null }[];
  activities: RecordActivity[];
  measures: Texts[];
}

const columns = ['activity', 'purpose', 'basis', 'data', 'recipients', 'transfers', 'retention'] as const;

/** The record of processing activities as it stands at this moment, and as a document. */
export function RecordPage() {
  const { t } = useTranslation();
  const { language } = useWords();
  const record = useAnswer<ProcessingRecord>('/api/officer/record');
  const download = useDownload();
  return (
    <Page title={t('rights.officer.record')} lead={t('rights.record.lead')}>
      <div className="stack stack-large">
        <div className="row">
          {(['html', 'csv', 'json'] as const).map((format) => (
            <Button
              key={format}
              variant="secondary"
              aria-disabled={download.busy}
              onClick={() =>
                void download.get(
                  `/api/officer/record/document?format=${format}&language=${language}`,
                  `record.${format}`,
                )
              }
            >
              {t('rights.record.document', { format: format.toUpperCase() })}
            </Button>
          ))}
        </div>
        {download.problem && <ErrorState problem={download.problem} />}
        <Answered of={record}>{(whole) => <Whole record={whole} />}</Answered>
      </div>
    </Page>
  );
}

function Whole({ record }: { record: ProcessingRecord }) {
  const { t } = useTranslation();
  const { pick } = useWords();
  const officers = record.officers.map(({ name, email, phone }) => [name, email, phone].filter(Boolean).join(', '));
  return (
    <>
      <Facts
        facts={[
          [t('rights.record.controller'), `${pick(record.controller.name)} (${record.controller.code})`],
          [t('rights.record.officer'), officers.join('; ')],
        ]}
      />
      <Activities rows={record.activities} />
      <section className="stack" aria-labelledby="measures">
        <h2 id="measures">{t('rights.record.measures')}</h2>
        <ul>
          {record.measures.map((text) => (
            <li key={text.en}>{pick(text)}</li>
          ))}
        </ul>
      </section>
    </>
  );
}

function Activities({ rows }: { rows: readonly RecordActivity[] }) {
  const { t } = useTranslation();
  const { pick } = useWords();
  const named = useNamed();
  const bases = ({ bases: all, law }: RecordActivity) =>
    [...all.map((basis) => named(`terms.basesLong.${basis}`, basis)), law].filter(Boolean).join('; ');
  return (
    <TableScroll name={t('rights.officer.record')}>
      <table className="table">
        <caption className="hidden-text">{t('rights.officer.record')}</caption>
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column} scope="col">
                {t(`rights.record.${column}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={`${row.source} ${row.name.en} ${row.purpose.en}`}>
              <th scope="row">{pick(row.name)}</th>
              <td>{pick(row.purpose)}</td>
              <td>{bases(row)}</td>
              <td>
                {row.fields.length > 0
                  ? row.fields.map(({ text }) => pick(text)).join(', ')
                  : row.categories.join(', ')}
              </td>
              <td>{row.recipients.map(({ name, country }) => `${name} (${country})`).join(', ')}</td>
              <td>{row.transfers.join(', ') || '–'}</td>
              <td>{pick(row.retention)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </TableScroll>
  );
}
