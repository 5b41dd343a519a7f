import { type ReactNode, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Api, createApi } from '../api/api.ts';
import { ApiContext } from '../api/api-context.ts';
import { Problem } from '../api/problem.ts';
import type { Language, RoleView, Session } from '../api/shapes.ts';
import { asProblem } from '../api/use-answer.ts';
import { ErrorState } from '../look/error-state.tsx';
import { WaitingState } from '../look/waiting-state.tsx';
import { speak } from '../texts/texts.ts';
import { goToFreshSignIn } from './fresh-sign-in.ts';
import { SessionContext, type SessionControl } from './session-context.ts';

/** Asks who is here, and gives everybody below the API and the session. */
export function SessionProvider({ children }: { children: ReactNode }) {
  const { i18n } = useTranslation();
  const [session, setSession] = useState<Session>();
  const [ended, setEnded] = useState(false);
  const [problem, setProblem] = useState<Problem>();
  const csrf = useRef<string>(undefined);
  const wasSignedIn = useRef(false);
  // What the person picked on this page stands against an answer that was under way when they did.
  const chosen = useRef<Language>(undefined);
  const api = useMemo(() => sessionApi(csrf, () => setEnded(true)), []);

  const reload = useCallback(async () => {
    try {
      const now = await api.get<Session>('/api/session');
      csrf.current = now.csrf ?? undefined;
      const language = chosen.current ?? (now.signedIn ? now.language : undefined);
      if (language && language !== i18n.language) await speak(i18n, language);
      setProblem(undefined);
      setSession((before) => (before?.signedIn && !now.signedIn ? before : now));
      setEnded((before) => !now.signedIn && (before || wasSignedIn.current));
      wasSignedIn.current ||= now.signedIn;
    } catch (cause) {
      setProblem(asProblem(cause));
    }
  }, [api, i18n]);

  useEffect(() => void reload(), [reload]);

  const control = useMemo(() => {
    const speakChosen = async (language: Language) => {
      chosen.current = language;
      await speak(i18n, language);
    };
    return session && controlOf({ session, ended, api, reload, speak: speakChosen });
  }, [session, ended, api, reload, i18n]);
  if (control) {
    return (
      <ApiContext value={api}>
        <SessionContext value={control}>{children}</SessionContext>
      </ApiContext>
    );
  }
  return (
    <main className="inner content">
      {problem ? <ErrorState problem={problem} retry={reload} /> : <WaitingState />}
    </main>
  );
}

function sessionApi(csrf: { current: string | undefined }, onSessionEnded: () => void): Api {
  return createApi({
    csrf: () => csrf.current,
    onSessionEnded: () => csrf.current && onSessionEnded(),
    onFreshSignInNeeded: goToFreshSignIn,
  });
}

interface ControlParts {
  session: Session;
  ended: boolean;
  api: Api;
  reload(): Promise<void>;
  speak(language: Language): Promise<void>;
}

function controlOf({ session, ended, api, reload, speak }: ControlParts): SessionControl {
  return {
    session,
    ended,
    reload,
    async takeRole(role: RoleView) {
      await api.post('/api/session/role', { roleId: role.roleId });
      await reload();
    },
    async speakLanguage(language: Language) {
      await speak(language);
      if (session.signedIn && !ended) await api.post('/api/session/language', { language });
    },
    async signOut(everywhere: boolean) {
      const done = await api
        .post<{ next?: string }>(everywhere ? '/auth/sign-out-everywhere' : '/auth/sign-out')
        .catch(forgiveEndedSession);
      location.assign(done?.next ?? '/');
    },
  };
}

/** Whoever signs out of a session that is already over has what they wanted. */
function forgiveEndedSession(cause: unknown): undefined {
  if (!(cause instanceof Problem) || cause.status !== 401) throw cause;
}
