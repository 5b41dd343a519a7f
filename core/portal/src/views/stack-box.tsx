import type { ReactNode } from 'react';
import type { ViewOf } from './view-of.ts';

export function StackBox({ view: { direction = 'column' }, children }: { view: ViewOf<'stack'>; children: ReactNode }) {
  return <div className={`view-stack view-stack-${direction}`}>{children}</div>;
}
