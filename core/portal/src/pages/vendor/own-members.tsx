import { useTranslation } from 'react-i18next';
import { useAct } from '../../api/use-act.ts';
import { ErrorState } from '../../look/error-state.tsx';
import { InviteMember } from './invite-member.tsx';
import type { DeskPart } from './vendor-page.tsx';

export function OwnMembers({ desk, changed }: DeskPart) {
  const { t } = useTranslation();
  const act = useAct();
  async function remove(id: string): Promise<void> {
    await act.run(`/api/vendor/${desk.namespace}/members/${id}/remove`);
    changed();
  }
  return (
    <section className="stack" aria-labelledby="own-members">
      <h2 id="own-members">{t('vendor.members')}</h2>
      <ul className="plain stack">
        {desk.members.map(({ id, name, role, username, hasSignedIn }) => (
          <li key={id} className="card">
            <div className="row row-apart">
              <span>
                <strong>{name}</strong> {t(`vendor.roles.${role}`)}{' '}
                <span className="quiet small">
                  {username}
                  {!hasSignedIn && ` (${t('vendor.invited')})`}
                </span>
              </span>
              {desk.role === 'owner' && (
                <button
                  type="button"
                  className="button button-second"
                  aria-disabled={act.busy}
                  aria-label={t('vendor.removeMember', { name })}
                  onClick={() => void remove(id)}
                >
                  {t('vendor.remove')}
                </button>
              )}
            </div>
          </li>
        ))}
      </ul>
      {act.problem && <ErrorState problem={act.problem} />}
      {desk.role === 'owner' && <InviteMember vendor={desk.namespace} changed={changed} />}
    </section>
  );
}
