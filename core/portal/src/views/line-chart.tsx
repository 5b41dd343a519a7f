import { ChartAxes } from './chart-axes.tsx';
import { type ChartScale, chartScale, colours, dashes, drawing } from './chart-scale.ts';
import type { ViewOf } from './view-of.ts';

export function LineChart({ view }: { view: ViewOf<'chart'> }) {
  const scale = chartScale(view);
  const room = drawing.width - drawing.left - drawing.right;
  const step = room / Math.max(view.categories.length, 1);
  const x = (place: number) => drawing.left + step * (place + 0.5);
  return (
    <svg viewBox={`0 0 ${drawing.width} ${drawing.height}`} aria-hidden="true" focusable="false">
      <ChartAxes scale={scale} categories={view.categories} x={x} />
      {view.series.map(({ name, values }, which) => (
        <path
          key={name}
          d={pathOf(values, scale, x)}
          fill="none"
          stroke={colours[which]}
          strokeWidth={3}
          strokeDasharray={dashes[which]}
          strokeLinejoin="round"
          strokeLinecap="round"
        />
      ))}
    </svg>
  );
}

/** A gap where there is no value: the line begins anew after it. */
function pathOf(values: readonly (number | null)[], scale: ChartScale, x: (place: number) => number): string {
  return values
    .map((value, place) => {
      if (value === null) return '';
      const begins = place === 0 || values[place - 1] === null;
      return `${begins ? 'M' : 'L'}${x(place).toFixed(1)} ${scale.y(value).toFixed(1)}`;
    })
    .join(' ');
}
