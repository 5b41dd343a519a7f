import { useTranslation } from 'react-i18next';
import type { StudentRow } from '../../api/shapes.ts';
import { useElementText } from '../../look/use-element-text.ts';
import { TableScroll } from '../../look/table-scroll.tsx';

/** Names first; then whatever other fields this teacher may see, each with its plain name. */
export function StudentTable({ title, rows }: { title: string; rows: readonly StudentRow[] }) {
  const { t } = useTranslation();
  const elementText = useElementText();
  const fields = extraFields(rows);
  return (
    <TableScroll name={t('classes.listCaption', { title })}>
      <table className="table">
        <caption>
          {t('classes.listCaption', { title })}{' '}
          <span className="quiet">({t('classes.students', { count: rows.length })})</span>
        </caption>
        <thead>
          <tr>
            <th scope="col">{t('classes.name')}</th>
            {fields.map((field) => (
              <th key={field} scope="col" className="field-name">
                {elementText(`students.${field}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.id}>
              <th scope="row">{fullName(row)}</th>
              {fields.map((field) => (
                <td key={field}>{cellText(row[field])}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </TableScroll>
  );
}

const inName = new Set(['id', 'givenName', 'familyName', 'preferredName']);

function extraFields(rows: readonly StudentRow[]): string[] {
  const named = new Set(
    rows.flatMap((row) => Object.keys(row).filter((field) => row[field] !== null && row[field] !== undefined)),
  );
  return [...named].filter((field) => !inName.has(field));
}

function fullName({ givenName, preferredName, familyName }: StudentRow): string {
  return [familyName, preferredName ?? givenName].filter((part) => typeof part === 'string').join(' ');
}

function cellText(value: unknown): string {
  if (Array.isArray(value)) return value.join(', ');
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '–';
}
