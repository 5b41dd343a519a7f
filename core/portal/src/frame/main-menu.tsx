import { useTranslation } from 'react-i18next';
import { NavLink } from 'react-router';
import type { Role } from '../api/shapes.ts';

type Entry = readonly [
  to: string,
  text:
    | 'home'
    | 'classes'
    | 'attendance'
    | 'absences'
    | 'catalogue'
    | 'children'
    | 'ownData'
    | 'marketplace'
    | 'rosters'
    | 'review'
    | 'schoolPlugins'
    | 'schoolClasses'
    | 'questions'
    | 'requests'
    | 'incidents'
    | 'record'
    | 'processors'
    | 'assessments'
    | 'vendorDesk'
    | 'emergency'
    | 'support',
];

const entries: Record<Role, readonly Entry[]> = {
  teacher: [
    ['/', 'home'],
    ['/classes', 'classes'],
    ['/attendance', 'attendance'],
    ['/emergency', 'emergency'],
    ['/catalogue', 'catalogue'],
  ],
  student: [
    ['/', 'home'],
    ['/family/me', 'ownData'],
    ['/catalogue', 'catalogue'],
  ],
  guardian: [
    ['/', 'children'],
    ['/catalogue', 'catalogue'],
  ],
  principal: [
    ['/', 'home'],
    ['/classes', 'schoolClasses'],
    ['/absences', 'absences'],
    ['/school', 'schoolPlugins'],
    ['/questions', 'questions'],
    ['/emergency', 'emergency'],
    ['/catalogue', 'catalogue'],
  ],
  siteAdministrator: [
    ['/', 'marketplace'],
    ['/municipality/rosters', 'rosters'],
    ['/support', 'support'],
    ['/emergency', 'emergency'],
    ['/catalogue', 'catalogue'],
  ],
  reviewer: [
    ['/', 'review'],
    ['/catalogue', 'catalogue'],
  ],
  dataProtectionOfficer: [
    ['/', 'home'],
    ['/officer/requests', 'requests'],
    ['/officer/incidents', 'incidents'],
    ['/officer/record', 'record'],
    ['/officer/processors', 'processors'],
    ['/officer/assessments', 'assessments'],
    ['/support', 'support'],
    ['/emergency', 'emergency'],
    ['/catalogue', 'catalogue'],
  ],
  vendor: [
    ['/', 'vendorDesk'],
    ['/catalogue', 'catalogue'],
  ],
  support: [
    ['/', 'support'],
    ['/catalogue', 'catalogue'],
  ],
};

const onVisit: readonly Entry[] = [['/classes', 'schoolClasses']];

function entriesOf(role: Role, visiting: boolean): readonly Entry[] {
  return visiting ? onVisit : entries[role];
}

export function MainMenu({ role, visiting }: { role: Role | undefined; visiting: boolean }) {
  const { t } = useTranslation();
  const shown: readonly Entry[] = role
    ? entriesOf(role, visiting)
    : [
        ['/', 'home'],
        ['/catalogue', 'catalogue'],
      ];
  return (
    <nav className="menu-bar" aria-label={t('frame.mainNavigation')}>
      <ul>
        {shown.map(([to, text]) => (
          <li key={to}>
            <NavLink to={to} end={to === '/'}>
              {t(`navigation.${text}`)}
            </NavLink>
          </li>
        ))}
      </ul>
    </nav>
  );
}
