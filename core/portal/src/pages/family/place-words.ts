import type { Child } from '../../api/shapes.ts';

/** School and class, as far as this guardian may know them. */
export function placeWords({ school, class: inClass }: Child): string {
  const schoolName = typeof school === 'string' ? school : school?.name;
  const className = typeof inClass === 'string' ? inClass : inClass?.title;
  return [schoolName, className].filter(Boolean).join(' · ');
}
