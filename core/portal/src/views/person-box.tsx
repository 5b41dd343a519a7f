import { Icon } from '../look/icon.tsx';
import { useSurface } from './surface-context.ts';
import type { ViewOf } from './view-of.ts';

export function PersonBox({ view: { name, detail, action } }: { view: ViewOf<'person'> }) {
  const { act, busy } = useSurface();
  return (
    <div className="view-person">
      <Icon name="person" size={20} />
      {action ? (
        <button type="button" className="view-press" aria-disabled={busy} onClick={() => !busy && void act(action)}>
          {name}
        </button>
      ) : (
        <span>{name}</span>
      )}
      {detail && <span className="quiet small">{detail}</span>}
    </div>
  );
}
