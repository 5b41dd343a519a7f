import type { View } from '@digione/sdk/views';
import { ViewBox } from './view-box.tsx';
import type { ViewOf } from './view-of.ts';

export function StackBox({ view: { direction = 'column', children } }: { view: ViewOf<'stack'> }) {
  return (
    <div className={`view-stack view-stack-${direction}`}>
      <ViewList views={children} />
    </div>
  );
}

/** Views have no ids of their own; their place in the tree stays the same between two answers. */
export function ViewList({ views }: { views: readonly View[] }) {
  return views.map((view, place) => {
    const key = `${place} ${view.kind}`;
    return <ViewBox key={key} view={view} />;
  });
}
