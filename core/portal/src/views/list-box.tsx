import { useSurface } from './surface-context.ts';
import type { ViewOf } from './view-of.ts';

type Item = ViewOf<'list'>['items'][number];

export function ListBox({ view: { label, ordered, items } }: { view: ViewOf<'list'> }) {
  const List = ordered ? 'ol' : 'ul';
  return (
    <List className={ordered ? 'view-list' : 'view-list plain'} aria-label={label}>
      {items.map((item, place) => {
        const key = `${place} ${item.text}`;
        return <Entry key={key} item={item} />;
      })}
    </List>
  );
}

function Entry({ item: { text, detail, action } }: { item: Item }) {
  const { act, busy } = useSurface();
  return (
    <li>
      {action ? (
        <button type="button" className="view-press" aria-disabled={busy} onClick={() => !busy && void act(action)}>
          {text}
        </button>
      ) : (
        <span>{text}</span>
      )}
      {detail && <span className="view-detail">{detail}</span>}
    </li>
  );
}
