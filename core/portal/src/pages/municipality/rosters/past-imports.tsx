import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Listed } from '../../../api/shapes.ts';
import { useAnswer } from '../../../api/use-answer.ts';
import { Answered } from '../../../look/answered.tsx';
import { TableScroll } from '../../../look/table-scroll.tsx';
import { useWords } from '../../../look/use-words.ts';
import type { PastImport } from './roster-shapes.ts';

export function PastImports({ round }: { round: number }) {
  const { t } = useTranslation();
  const { language } = useWords();
  const past = useAnswer<Listed<PastImport>>(`/api/municipality/imports?language=${language}&round=${round}`);
  return (
    <section className="stack" aria-labelledby="past">
      <h2 id="past">{t('rosters.past')}</h2>
      <Answered of={past}>
        {({ items }) => (items.length === 0 ? <p>{t('rosters.pastNone')}</p> : <PastTable items={items} />)}
      </Answered>
    </section>
  );
}

function PastTable({ items }: { items: PastImport[] }) {
  const { t } = useTranslation();
  const { moment } = useWords();
  return (
    <TableScroll name={t('rosters.past')}>
      <table className="table">
        <caption className="hidden-text">{t('rosters.past')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('rosters.when')}</th>
            <th scope="col">{t('rosters.outcome')}</th>
            <th scope="col">{t('rosters.changes')}</th>
          </tr>
        </thead>
        <tbody>
          {items.map(({ id, startedAt, outcome, words, problems }) => (
            <tr key={id}>
              <th scope="row">{moment(startedAt)}</th>
              <td>{t(`rosters.outcomes.${outcome}`)}</td>
              <td>
                {words.join('; ')}
                {problems > 0 && (
                  <>
                    {' '}
                    <Link to={`/municipality/rosters/problems/${id}`}>
                      {t('rosters.showProblems', { count: problems })}
                    </Link>
                  </>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </TableScroll>
  );
}
