import { type RefObject, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useApi } from '../api/api-context.ts';
import { callBackend } from './call-backend.ts';
import { listenForPage } from './handshake.ts';
import { createHostBridge, type HostBridge, type HostBridgeOptions, type HostPort } from './host-bridge.ts';
import { pageTheme } from './page-theme.ts';

interface PageBridgeOptions {
  frame: RefObject<HTMLIFrameElement | null>;
  plugin: string;
  page: string;
  argument: unknown;
  heard: HostBridgeOptions['heard'];
  failed: (trace?: string) => void;
  connected: () => void;
}

/** Ties one iframe to its backend for as long as it stands. */
export function usePageBridge(options: PageBridgeOptions): RefObject<HostBridge | undefined> {
  const { frame, plugin, page } = options;
  const api = useApi();
  const { i18n } = useTranslation();
  const bridge = useRef<HostBridge>(undefined);
  // What is another one after a switch of the language, as i18n is, must not break the line of a frame that stands.
  const latest = useRef({ ...options, api, i18n });
  latest.current = { ...options, api, i18n };

  useEffect(() => {
    if (!frame.current) return undefined;
    const stopListening = listenForPage({
      frame: frame.current,
      now: () => performance.now(),
      refused: () => latest.current.failed(),
      connected: (port, connect) => {
        bridge.current?.close();
        bridge.current = createHostBridge({
          port: hostPort(port),
          now: () => performance.now(),
          call: (method, argument) => callBackend(latest.current.api, plugin, { method, argument }),
          heard: (message) => latest.current.heard(message),
          flooded: () => latest.current.failed(),
        });
        connect({
          page,
          language: latest.current.i18n.language,
          theme: pageTheme(),
          ...(latest.current.argument === undefined ? {} : { argument: latest.current.argument }),
        });
        latest.current.connected();
      },
    });
    return () => {
      stopListening();
      bridge.current?.close();
      bridge.current = undefined;
    };
  }, [frame, plugin, page]);

  useEffect(() => {
    const tell = (language: string) => bridge.current?.tell('language', language);
    i18n.on('languageChanged', tell);
    return () => i18n.off('languageChanged', tell);
  }, [i18n]);

  return bridge;
}

function hostPort(port: MessagePort): HostPort {
  return {
    send: (message) => port.postMessage(message),
    listen: (heard) => {
      port.onmessage = heard ? ({ data }) => heard(data) : null;
    },
    close: () => port.close(),
  };
}
