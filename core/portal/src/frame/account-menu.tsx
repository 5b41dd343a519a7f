import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router';
import type { RoleView, SignedIn } from '../api/shapes.ts';
import { Icon } from '../look/icon.tsx';
import { useSession } from '../session/session-context.ts';
import { RoleChoice } from './role-choice.tsx';

/** Who is signed in, in which role; changes the role and signs out. A disclosure: Escape and a press outside close it. */
export function AccountMenu({ session }: { session: SignedIn }) {
  const { t } = useTranslation();
  const { takeRole, signOut } = useSession();
  const navigate = useNavigate();
  const [open, setOpen] = useState(false);
  const whole = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  useClickOutside(whole, () => setOpen(false));

  async function choose(role: RoleView): Promise<void> {
    setOpen(false);
    await takeRole(role);
    await navigate('/');
  }
  function closeOnEscape(event: KeyboardEvent): void {
    if (event.key !== 'Escape') return;
    setOpen(false);
    button.current?.focus();
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: Escape works from anything inside
    <div className="account" ref={whole} onKeyDown={closeOnEscape}>
      <button ref={button} type="button" className="account-button" aria-expanded={open} onClick={() => setOpen(!open)}>
        <Icon name="person" size={22} />
        <span>
          <span className="account-name">{session.name}</span>
          <span className="account-role">{t(`roles.${session.active.role}`)}</span>
        </span>
      </button>
      {open && (
        <div className="account-panel">
          {session.roles.length > 0 && <RoleChoice session={session} choose={(role) => void choose(role)} />}
          <div className="account-leave">
            <Link to="/inbox" className="account-item" onClick={() => setOpen(false)}>
              {t('inbox.title')}
            </Link>
            <Link to="/account" className="account-item" onClick={() => setOpen(false)}>
              {t('account.title')}
            </Link>
            <button type="button" className="account-item" onClick={() => void signOut(false)}>
              {t('frame.signOut')}
            </button>
            <button type="button" className="account-item" onClick={() => void signOut(true)}>
              {t('frame.signOutEverywhere')}
            </button>
          </div>
        </div>
      )}
    </div>
  );
}

function useClickOutside(element: { current: HTMLElement | null }, act: () => void): void {
  useEffect(() => {
    const listen = (event: PointerEvent) => {
      if (event.target instanceof Node && !element.current?.contains(event.target)) act();
    };
    document.addEventListener('pointerdown', listen);
    return () => document.removeEventListener('pointerdown', listen);
  });
}
