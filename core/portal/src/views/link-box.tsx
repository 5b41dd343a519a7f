import type { ViewOf } from './view-of.ts';

/** Leads out of the portal, and says where to. */
export function LinkBox({ view: { text, href } }: { view: ViewOf<'link'> }) {
  const target = URL.parse(href);
  if (target?.protocol !== 'https:') return <p>{text}</p>;
  return (
    <p>
      <a href={target.href} target="_blank" rel="noopener noreferrer nofollow" referrerPolicy="no-referrer">
        {text}
      </a>{' '}
      <span className="quiet small">({target.host})</span>
    </p>
  );
}
