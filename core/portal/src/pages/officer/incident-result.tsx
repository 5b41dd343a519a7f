import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useApi } from '../../api/api-context.ts';
import { useAnswer } from '../../api/use-answer.ts';
import { Answered } from '../../look/answered.tsx';
import { TableScroll } from '../../look/table-scroll.tsx';
import { useWords } from '../../look/use-words.ts';
import { csvOf } from '../family/csv.ts';
import type { Incident } from './officer-shapes.ts';
import { Button } from 'suomifi-ui-components';

const perDownload = 5000;
const mostPages = 100;

export function IncidentResult({ path }: { path: string }) {
  const found = useAnswer<Incident>(path);
  return <Answered of={found}>{(incident) => <Found incident={incident} path={path} />}</Answered>;
}

function Found({ incident: { totals, persons }, path }: { incident: Incident; path: string }) {
  const { t } = useTranslation();
  const { pick, moment } = useWords();
  const words = { persons: totals.persons, events: totals.events, refused: totals.refused };
  return (
    <div className="stack">
      <p role="status">{totals.persons === 0 ? t('officer.nobody') : t('officer.totals', words)}</p>
      {totals.persons > 0 && (
        <>
          <Download path={path} />
          <TableScroll name={t('officer.incidentLead')}>
            <table className="table">
              <caption className="hidden-text">{t('officer.incident')}</caption>
              <thead>
                <tr>
                  <th scope="col">{t('officer.person')}</th>
                  <th scope="col">{t('officer.reads')}</th>
                  <th scope="col">{t('officer.period')}</th>
                  <th scope="col">{t('officer.fields')}</th>
                </tr>
              </thead>
              <tbody>
                {persons.map((person) => (
                  <tr key={person.id}>
                    <th scope="row">{person.name ?? person.id}</th>
                    <td>{person.reads}</td>
                    <td>{`${moment(person.first)} – ${moment(person.last)}`}</td>
                    <td>{person.fields.map(({ text }) => pick(text)).join(', ')}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </TableScroll>
        </>
      )}
    </div>
  );
}

/** Everybody whom the incident concerns, as one table. */
function Download({ path }: { path: string }) {
  const { t } = useTranslation();
  const { pick } = useWords();
  const api = useApi();
  const [state, setState] = useState<'idle' | 'busy' | 'done' | 'failed'>('idle');

  async function download(): Promise<void> {
    setState('busy');
    try {
      const rows = [
        [t('officer.person'), 'id', t('officer.reads'), t('officer.start'), t('officer.end'), t('officer.fields')],
      ];
      let next: string | null = null;
      for (let page = 0; page === 0 || (next && page < mostPages); page += 1) {
        const more: string = next ? `&cursor=${next}` : '';
        const answer: Incident = await api.get<Incident>(`${path}&limit=${perDownload}${more}`);
        for (const { name, id, reads, first, last, fields } of answer.persons)
          rows.push([name ?? '', id, String(reads), first, last, fields.map(({ text }) => pick(text)).join(', ')]);
        next = answer.next;
      }
      const address = URL.createObjectURL(new Blob([csvOf(rows)], { type: 'text/csv;charset=utf-8' }));
      Object.assign(document.createElement('a'), { href: address, download: 'incident.csv' }).click();
      URL.revokeObjectURL(address);
      setState('done');
    } catch {
      // The page above shows what is refused; here it is enough that the download did not succeed.
      setState('failed');
    }
  }
  return (
    <div>
      <Button variant="secondary" aria-disabled={state === 'busy'} onClick={() => state !== 'busy' && void download()}>
        {t('officer.download')}
      </Button>
      <p role="status" className="small">
        {state === 'done' && t('reads.downloaded')}
        {state === 'failed' && t('problem.unexpected')}
      </p>
    </div>
  );
}
