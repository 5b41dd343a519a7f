import { useCallback, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation, useParams } from 'react-router';
import type { SchoolPlugin, Texts } from '../api/shapes.ts';
import { useAnswer } from '../api/use-answer.ts';
import { Page } from '../frame/page.tsx';
import { type LivePlugin, useLive } from '../live/live-context.ts';
import { useWords } from '../look/use-words.ts';
import { WaitingState } from '../look/waiting-state.tsx';
import { FailedPlugin } from './failed-plugin.tsx';
import { PluginFrame } from './plugin-frame.tsx';
import { StoppedPlugin } from './stopped-plugin.tsx';
import './plugin-page.css';

/** A plugin's own page inside ours. A stop covers it within moments; whatever fails stays inside it. */
export function PluginPage() {
  const { t } = useTranslation();
  const { pick } = useWords();
  const { vendor, name, page = '' } = useParams();
  const { state } = useLocation();
  const plugin = `${vendor}/${name}`;
  const [round, setRound] = useState(0);
  const [failure, setFailure] = useState<{ trace?: string }>();
  const target = useAnswer<{ url: string; title: Texts | string }>(`/api/plugins/${plugin}/pages/${page}`);
  const { entry, stopped } = usePluginStatus(plugin, target.reload);

  const title = pick(entry?.name) || (target.state === 'ready' ? pick(target.value.title) : plugin);
  const failed = useCallback((trace?: string) => setFailure({ trace }), []);
  const again = () => {
    setFailure(undefined);
    setRound(round + 1);
    target.reload();
  };
  const refused = target.state === 'failed' ? target.problem : undefined;
  const isStopped = stopped || refused?.code === 'plugin-stopped';
  return (
    <Page title={title} crumbs={[{ to: '/', text: t('navigation.home') }]}>
      {isStopped && <StoppedPlugin name={title} />}
      {!isStopped && (failure || refused) && (
        <FailedPlugin name={title} trace={failure?.trace ?? refused?.trace} again={again} />
      )}
      {!isStopped && target.state === 'loading' && <WaitingState text={t('plugin.loading')} />}
      {target.state === 'ready' && !failure && (
        <PluginFrame
          key={`${target.value.url} ${round}`}
          plugin={plugin}
          page={page}
          name={title}
          url={target.value.url}
          argument={(state as { argument?: unknown } | null)?.argument}
          stopped={isStopped}
          failed={failed}
        />
      )}
    </Page>
  );
}

/** In use or stopped, from the list at first and then from what the core tells. */
function usePluginStatus(plugin: string, resumed: () => void): { entry: SchoolPlugin | undefined; stopped: boolean } {
  const [heard, setHeard] = useState<LivePlugin['status']>();
  const list = useAnswer<SchoolPlugin[]>('/api/school/plugins');
  const entry = list.state === 'ready' ? list.value.find((one) => one.plugin === plugin) : undefined;
  useLive<LivePlugin>(
    'plugin',
    useCallback(
      (event) => {
        if (event.plugin !== plugin) return;
        setHeard(event.status);
        if (event.status === 'enabled') resumed();
      },
      [plugin, resumed],
    ),
  );
  return { entry, stopped: (heard ?? entry?.status ?? 'enabled') !== 'enabled' };
}
