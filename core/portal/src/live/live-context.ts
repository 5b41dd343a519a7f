import { createContext, useContext, useEffect } from 'react';

/** What the core tells while a page is open. */
export type LiveName = 'plugin' | 'consent' | 'session';
export interface LivePlugin {
  plugin: string;
  status: 'enabled' | 'stopped' | 'disabled';
  school?: string;
  reason?: string;
}

export const LiveContext = createContext<EventTarget | undefined>(undefined);

export function useLive<T>(name: LiveName, listen: (value: T) => void): void {
  const live = useContext(LiveContext);
  useEffect(() => {
    const heard = (event: Event) => listen((event as CustomEvent<T>).detail);
    live?.addEventListener(name, heard);
    return () => live?.removeEventListener(name, heard);
  }, [live, name, listen]);
}
