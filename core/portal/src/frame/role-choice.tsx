import { useTranslation } from 'react-i18next';
import type { RoleView, SignedIn } from '../api/shapes.ts';
import { useWords } from '../look/use-words.ts';

export function RoleChoice({ session, choose }: { session: SignedIn; choose: (role: RoleView) => void }) {
  const { t } = useTranslation();
  const { pick } = useWords();
  return (
    <>
      <h2 id="role-choice">{session.roles.length > 1 ? t('frame.switchRole') : t('frame.currentRole')}</h2>
      <ul aria-labelledby="role-choice">
        {session.roles.map((role) => (
          <li key={role.roleId}>
            <button
              type="button"
              className="account-item"
              aria-current={role.roleId === session.active.roleId ? 'true' : undefined}
              onClick={() => choose(role)}
            >
              {t(`roles.${role.role}`)}
              <small>{[role.school?.name, pick(role.municipality.name)].filter(Boolean).join(' · ')}</small>
            </button>
          </li>
        ))}
      </ul>
    </>
  );
}
