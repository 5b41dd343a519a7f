import { useTranslation } from 'react-i18next';
import type { School } from '../../api/shapes.ts';
import { useAnswer } from '../../api/use-answer.ts';
import { Answered } from '../../look/answered.tsx';
import { Notice } from '../../look/notice.tsx';
import { TableScroll } from '../../look/table-scroll.tsx';
import { HealthRow, type SchoolHealth } from './health-row.tsx';

interface Health {
  days: number;
  resting: { version: string; restsSeconds: number }[];
  schools: SchoolHealth[];
}

/** How the plugin has run in the municipality's schools, and whether it is switched off after crashes. */
export function PluginHealth({ plugin }: { plugin: string }) {
  const { t } = useTranslation();
  const health = useAnswer<Health>(`/api/municipality/figures/${plugin}`);
  const schools = useAnswer<School[]>('/api/municipality/schools');
  return (
    <section className="stack" aria-labelledby="health">
      <h2 id="health">{t('health.title')}</h2>
      <Answered of={health}>
        {({ days, resting, schools: rows }) => (
          <>
            <p className="quiet">{t('health.lead', { days })}</p>
            {resting.map(({ version, restsSeconds }) => (
              <Notice key={version} tone="bad">
                <p>{t('health.resting', { version, count: restsSeconds })}</p>
              </Notice>
            ))}
            {rows.length === 0 ? (
              <p>{t('health.none')}</p>
            ) : (
              <Answered of={schools}>{(known) => <HealthTable rows={rows} schools={known} />}</Answered>
            )}
          </>
        )}
      </Answered>
    </section>
  );
}

function HealthTable({ rows, schools }: { rows: SchoolHealth[]; schools: School[] }) {
  const { t } = useTranslation();
  const nameOf = (id: string) => schools.find((school) => school.id === id)?.name ?? t('health.unknownSchool');
  const columns = ['school', 'calls', 'time', 'errors', 'denied', 'host', 'cpu', 'storage'] as const;
  return (
    <TableScroll name={t('health.title')}>
      <table className="table">
        <caption className="hidden-text">{t('health.title')}</caption>
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column} scope="col">
                {t(`health.${column}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <HealthRow key={row.school} name={nameOf(row.school)} row={row} />
          ))}
        </tbody>
      </table>
    </TableScroll>
  );
}
