import { useCallback, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLive } from '../live/live-context.ts';
import { WaitingState } from '../look/waiting-state.tsx';
import { bridgeLimits } from './bridge-limits.ts';
import { useFocusGuard } from './use-focus-guard.ts';
import type { HostBridgeOptions } from './host-bridge.ts';
import { usePageBridge } from './use-page-bridge.ts';

interface PluginFrameProps {
  plugin: string;
  page: string;
  name: string;
  url: string;
  argument: unknown;
  stopped: boolean;
  failed: (trace?: string) => void;
}

const leastHeight = 320;

/** The plugin's page in its opaque-origin iframe, with a stop for the keyboard before and after it. */
export function PluginFrame({ plugin, page, name, url, argument, stopped, failed }: PluginFrameProps) {
  const { t } = useTranslation();
  const frame = useRef<HTMLIFrameElement>(null);
  const before = useRef<HTMLParagraphElement>(null);
  const after = useRef<HTMLSpanElement>(null);
  const [height, setHeight] = useState(leastHeight);
  const [state, setState] = useState<'loading' | 'loaded' | 'connected'>('loading');

  const guard = useFocusGuard(frame, failed);
  const heard: HostBridgeOptions['heard'] = (message) => {
    if (message.kind === 'resize') requestAnimationFrame(() => setHeight(Math.max(leastHeight, message.height)));
    if (message.kind === 'escape' || (message.kind === 'leave' && message.direction === 'backward'))
      guard.current?.leaveTo(before.current);
    if (message.kind === 'leave' && message.direction === 'forward') guard.current?.leaveTo(after.current);
    if (message.kind === 'failed') failed();
  };
  const bridge = usePageBridge({
    frame,
    plugin,
    page,
    argument,
    heard,
    failed,
    connected: () => setState('connected'),
  });

  useEffect(() => {
    if (stopped) bridge.current?.stop('municipality');
  }, [stopped, bridge]);
  useEffect(() => {
    if (state !== 'loaded') return undefined;
    const timer = setTimeout(() => failed(), bridgeLimits.patience);
    return () => clearTimeout(timer);
  }, [state, failed]);
  useLive(
    'consent',
    useCallback(() => bridge.current?.tell('changed', null), [bridge]),
  );

  return (
    <div className="plugin-frame" hidden={stopped}>
      <div className="row">
        <p ref={before} tabIndex={-1} className="small quiet plugin-hint">
          {t('plugin.escapeHint')}
        </p>
        <button type="button" className="button button-plain" onClick={() => guard.current?.enter()}>
          {t('plugin.enter')}
        </button>
      </div>
      {state !== 'connected' && <WaitingState text={t('plugin.loading')} />}
      <iframe
        ref={frame}
        src={url}
        title={t('plugin.frameTitle', { name })}
        sandbox="allow-scripts allow-forms"
        referrerPolicy="no-referrer"
        style={{ height }}
        onLoad={() => setState((last) => (last === 'connected' ? last : 'loaded'))}
      />
      <span ref={after} tabIndex={-1} className="hidden-text">
        {t('plugin.toTop')}
      </span>
    </div>
  );
}
