import type { Child } from '../../api/shapes.ts';

/** School and class, as far as this guardian may know them. */
export function placeWords({ school, class: inClass }: Child): string {
  return [school?.name, inClass?.title].filter(Boolean).join(' · ');
}
