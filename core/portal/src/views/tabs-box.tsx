import type { View } from '@digione/sdk/views';
import { type KeyboardEvent, type ReactNode, useId, useRef, useState } from 'react';
import type { ViewOf } from './view-of.ts';

export interface TabsBoxProps {
  view: ViewOf<'tabs'>;
  show(views: readonly View[]): ReactNode;
}

/** Tabs after the ARIA Authoring Practices: arrows move, Home and End jump. */
export function TabsBox({ view: { label, tabs }, show }: TabsBoxProps) {
  const id = useId();
  const list = useRef<HTMLDivElement>(null);
  const [chosen, setChosen] = useState(0);
  const shown = Math.min(chosen, tabs.length - 1);

  function move(event: KeyboardEvent): void {
    const places: Record<string, number> = {
      ArrowRight: shown + 1,
      ArrowLeft: shown - 1,
      Home: 0,
      End: tabs.length - 1,
    };
    const place = places[event.key];
    if (place === undefined) return;
    event.preventDefault();
    const next = (place + tabs.length) % tabs.length;
    setChosen(next);
    list.current?.querySelectorAll<HTMLElement>('[role=tab]')[next]?.focus();
  }
  return (
    <div>
      <div ref={list} role="tablist" aria-label={label} className="view-tabs">
        {tabs.map(({ title }, place) => (
          <button
            key={title}
            type="button"
            role="tab"
            id={`${id}-tab-${place}`}
            aria-selected={place === shown}
            aria-controls={`${id}-panel`}
            tabIndex={place === shown ? 0 : -1}
            onClick={() => setChosen(place)}
            onKeyDown={move}
          >
            {title}
          </button>
        ))}
      </div>
      <div
        role="tabpanel"
        id={`${id}-panel`}
        aria-labelledby={`${id}-tab-${shown}`}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a panel without focusable content must be reachable, as the practices ask
        tabIndex={0}
        className="view-stack view-stack-column"
      >
        {show(tabs[shown]?.children ?? [])}
      </div>
    </div>
  );
}
