import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';

export interface Crumb {
  to: string;
  text: string;
}

export function Crumbs({ crumbs, here }: { crumbs: readonly Crumb[]; here: string }) {
  const { t } = useTranslation();
  return (
    <nav className="crumbs" aria-label={t('common.breadcrumb')}>
      <ol>
        {crumbs.map(({ to, text }) => (
          <li key={to}>
            <Link to={to}>{text}</Link>
          </li>
        ))}
        <li aria-current="page">{here}</li>
      </ol>
    </nav>
  );
}
