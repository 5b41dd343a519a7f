import { useSurface } from './surface-context.ts';
import type { ViewOf } from './view-of.ts';

const lowest = 6;

/** A tree's levels 1 to 3 continue below the heading under which the tree stands. */
export function HeadingBox({ view: { text, level } }: { view: ViewOf<'heading'> }) {
  const { headingLevel } = useSurface();
  const Title = `h${Math.min(headingLevel + level - 1, lowest)}` as 'h4';
  return <Title className={`view-heading view-heading-${level}`}>{text}</Title>;
}
