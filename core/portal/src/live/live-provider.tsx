import { type ReactNode, useEffect, useMemo } from 'react';
import { useSession } from '../session/session-context.ts';
import { LiveContext, type LiveName } from './live-context.ts';

const names: readonly LiveName[] = ['plugin', 'consent', 'session'];

/** One stream of server-sent events for the whole portal; the browser itself reconnects when it breaks. */
export function LiveProvider({ children }: { children: ReactNode }) {
  const { session, ended, reload } = useSession();
  const live = useMemo(() => new EventTarget(), []);
  const role = session.signedIn && !ended ? session.active.roleId : undefined;

  useEffect(() => {
    if (!role) return;
    const source = new EventSource('/api/live');
    for (const name of names)
      source.addEventListener(name, (event) =>
        live.dispatchEvent(new CustomEvent(name, { detail: parsed(event.data) })),
      );
    return () => source.close();
  }, [live, role]);

  useSessionEvents(live, reload);
  return <LiveContext value={live}>{children}</LiveContext>;
}

/** The core says that something about the session changed: ask who is here now. */
function useSessionEvents(live: EventTarget, reload: () => Promise<void>): void {
  useEffect(() => {
    const heard = () => void reload();
    live.addEventListener('session', heard);
    return () => live.removeEventListener('session', heard);
  }, [live, reload]);
}

function parsed(text: unknown): unknown {
  try {
    return JSON.parse(String(text));
  } catch {
    // A broken event tells only that something happened: listeners then ask again.
    return {};
  }
}
