import { Button } from 'suomifi-ui-components';
import { EmptyState } from '../look/empty-state.tsx';
import { useSurface } from './surface-context.ts';
import type { ViewOf } from './view-of.ts';

export function EmptyBox({ view: { title, text, action, actionText } }: { view: ViewOf<'empty'> }) {
  const { act, busy } = useSurface();
  return (
    <EmptyState title={title} text={text}>
      {action && actionText && (
        <Button variant="secondary" aria-disabled={busy} onClick={() => !busy && void act(action)}>
          {actionText}
        </Button>
      )}
    </EmptyState>
  );
}
