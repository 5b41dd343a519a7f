import { useTranslation } from 'react-i18next';
import { NavLink } from 'react-router';

const tabs = ['plugins', 'consents', 'reads', 'viewers', 'absences', 'data'] as const;

/** The pages of one child. Links, so that each has an address and the browser's back button works. */
export function ChildTabs({ child }: { child: string }) {
  const { t } = useTranslation();
  return (
    <nav className="tabs" aria-label={t(child === 'me' ? 'family.ownTabs' : 'family.tabs')}>
      <ul className="plain">
        {tabs.map((tab) => (
          <li key={tab}>
            <NavLink to={tab === 'plugins' ? `/family/${child}` : `/family/${child}/${tab}`} end preventScrollReset>
              {t(`family.${tab}`)}
            </NavLink>
          </li>
        ))}
      </ul>
    </nav>
  );
}
