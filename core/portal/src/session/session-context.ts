import { createContext, useContext } from 'react';
import type { Language, RoleView, Session } from '../api/shapes.ts';

export interface SessionControl {
  session: Session;
  /** True from the moment the core said that the session is over until the person signs in or leaves. */
  ended: boolean;
  reload(): Promise<void>;
  takeRole(role: RoleView): Promise<void>;
  speakLanguage(language: Language): Promise<void>;
  signOut(everywhere: boolean): Promise<void>;
}

export const SessionContext = createContext<SessionControl | undefined>(undefined);

export function useSession(): SessionControl {
  const control = useContext(SessionContext);
  if (!control) throw new Error('useSession() was called outside SessionProvider');
  return control;
}
