import { useId } from 'react';
import { useSurface } from './surface-context.ts';
import type { ViewOf } from './view-of.ts';

/** The browser's own date chooser, which assistive technology knows. */
export function DateBox({ view: { label, value, min, max, action } }: { view: ViewOf<'date'> }) {
  const { act } = useSurface();
  const id = useId();
  return (
    <div className="view-field">
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        type="date"
        defaultValue={value}
        min={min}
        max={max}
        onChange={(event) => event.target.value !== '' && void act(action, { date: event.target.value })}
      />
    </div>
  );
}
