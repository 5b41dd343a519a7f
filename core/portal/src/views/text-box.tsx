import type { ViewOf } from './view-of.ts';

export function TextBox({ view: { text, tone = 'plain' } }: { view: ViewOf<'text'> }) {
  return <p className={`view-text view-text-${tone}`}>{text}</p>;
}
