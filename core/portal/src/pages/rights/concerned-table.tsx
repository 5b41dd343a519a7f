import { useTranslation } from 'react-i18next';
import type { Texts } from '../../api/shapes.ts';
import { useAnswer } from '../../api/use-answer.ts';
import { Answered } from '../../look/answered.tsx';
import { TableScroll } from '../../look/table-scroll.tsx';
import { useWords } from '../../look/use-words.ts';
import type { IncidentView } from './rights-shapes.ts';

interface Concerned {
  persons: {
    id: string;
    name: string | null;
    reads: number;
    first: string;
    last: string;
    fields: { element: string; text: Texts }[];
  }[];
}

/** The first thousand; all of them are in the list that comes with the letters. */
export function ConcernedTable({ incident }: { incident: IncidentView }) {
  const { t } = useTranslation();
  const { pick, moment } = useWords();
  const found = useAnswer<Concerned>(`/api/officer/incidents/${incident.id}/persons?limit=1000`);
  const title = t('rights.incident.persons', { count: incident.persons });
  return (
    <section className="stack" aria-labelledby="concerned">
      <h2 id="concerned">{title}</h2>
      <Answered of={found}>
        {({ persons }) => (
          <TableScroll name={t('officer.incidentLead')}>
            <table className="table">
              <caption className="hidden-text">{title}</caption>
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
        )}
      </Answered>
    </section>
  );
}
