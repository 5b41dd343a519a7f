import type { Action, ViewTree } from '@digione/sdk/views';
import { useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { useApi } from '../api/api-context.ts';
import { ErrorBoundary } from '../look/error-boundary.tsx';
import { Notice } from '../look/notice.tsx';
import { TraceLine } from '../look/trace-line.tsx';
import { callBackend } from '../plugin-page/call-backend.ts';
import { isViewTree } from './is-view-tree.ts';
import { type Surface, SurfaceContext } from './surface-context.ts';
import { ViewBox } from './view-box.tsx';
import './views.css';

interface PluginSurfaceProps {
  plugin: string;
  view: ViewTree;
  assets?: string;
  headingLevel?: number;
  /** Asks for the first tree again, after an act whose answer was no tree. */
  reload: () => void;
}

/** Draws a plugin's tree of views and carries its actions to the backend. */
export function PluginSurface({ plugin, view, assets, headingLevel = 4, reload }: PluginSurfaceProps) {
  const { t } = useTranslation();
  const api = useApi();
  const navigate = useNavigate();
  const [shown, setShown] = useState(view);
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<{ trace?: string }>();
  useEffect(() => setShown(view), [view]);

  const surface = useMemo<Surface>(() => {
    async function act(action: Action, more: Record<string, unknown> = {}): Promise<boolean> {
      if ('page' in action) {
        await navigate(`/plugins/${plugin}/${action.page}`, { state: { argument: action.argument } });
        return true;
      }
      setBusy(true);
      const answer = await callBackend(api, plugin, {
        method: action.call,
        argument: mergedArgument(action.argument, more),
      });
      setBusy(false);
      setFailure(answer.ok ? undefined : { trace: answer.error.trace });
      if (!answer.ok) return false;
      if (isViewTree(answer.value)) setShown(answer.value);
      else reload();
      return true;
    }
    return { act, busy, assets, headingLevel };
  }, [api, plugin, busy, assets, headingLevel, navigate, reload]);

  return (
    <SurfaceContext value={surface}>
      <div className="views" aria-busy={busy}>
        <ErrorBoundary key={JSON.stringify(shown).length} fallback={<p>{t('views.broken')}</p>}>
          <ViewBox view={shown} />
        </ErrorBoundary>
        <div role="status">
          {failure && (
            <Notice tone="bad">
              <p>{t('problem.unexpected')}</p>
              <TraceLine trace={failure.trace} />
            </Notice>
          )}
        </div>
      </div>
    </SurfaceContext>
  );
}

function mergedArgument(argument: unknown, more: Record<string, unknown>): unknown {
  if (Object.keys(more).length === 0) return argument ?? null;
  return {
    ...(typeof argument === 'object' && argument !== null && !Array.isArray(argument) ? argument : {}),
    ...more,
  };
}
