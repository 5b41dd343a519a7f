import { useTranslation } from 'react-i18next';

/** What the core tells about one school. */
export interface SchoolHealth {
  school: string;
  few: boolean;
  documents: number;
  bytes: number;
  calls: number;
  p50: number | null;
  p95: number | null;
  cpuMs: number;
  hostCalls: number;
  denied: number;
  errors: { code: string; times: number }[];
  disabled: number;
}

export function HealthRow({ name, row }: { name: string; row: SchoolHealth }) {
  const { t, i18n } = useTranslation();
  const number = (value: number) => value.toLocaleString(i18n.language);
  const stored = t('health.records', { count: row.documents, size: number(Math.ceil(row.bytes / 1000)) });
  if (row.few)
    return (
      <tr>
        <th scope="row">{name}</th>
        <td colSpan={6}>{t('health.few')}</td>
        <td>{stored}</td>
      </tr>
    );
  const time = (value: number | null) => (value === null ? '–' : t('health.milliseconds', { count: value }));
  return (
    <tr>
      <th scope="row">{name}</th>
      <td>{number(row.calls)}</td>
      <td>
        {time(row.p50)} / {time(row.p95)}
      </td>
      <td>
        <ul className="plain">
          {row.errors.map(({ code, times }) => (
            <li key={code}>
              {code}: {number(times)}
            </li>
          ))}
        </ul>
        {row.errors.length === 0 && '0'}
        {row.disabled > 0 && <p>{t('health.wasDisabled', { count: row.disabled })}</p>}
      </td>
      <td>{number(row.denied)}</td>
      <td>{number(row.hostCalls)}</td>
      <td>{t('health.seconds', { count: Math.ceil(row.cpuMs / 1000) })}</td>
      <td>{stored}</td>
    </tr>
  );
}
