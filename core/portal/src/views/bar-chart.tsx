import { ChartAxes } from './chart-axes.tsx';
import { chartScale, colours, drawing } from './chart-scale.ts';
import type { ViewOf } from './view-of.ts';

export function BarChart({ view }: { view: ViewOf<'chart'> }) {
  const scale = chartScale(view);
  const band = (drawing.width - drawing.left - drawing.right) / view.categories.length;
  const bar = (band * 0.72) / view.series.length;
  const left = (place: number, which: number) => drawing.left + band * place + band * 0.14 + bar * which;
  return (
    <svg viewBox={`0 0 ${drawing.width} ${drawing.height}`} aria-hidden="true" focusable="false">
      <ChartAxes scale={scale} categories={view.categories} x={(place) => drawing.left + band * (place + 0.5)} />
      {view.series.map(({ name, values }, which) => (
        <g key={name} fill={colours[which]}>
          {values.slice(0, view.categories.length).map((value, place) => {
            const category = view.categories[place];
            if (value === null) return null;
            const [top, foot] = [scale.y(Math.max(value, 0)), scale.y(Math.min(value, 0))];
            return (
              <rect
                key={category}
                x={left(place, which)}
                y={top}
                width={Math.max(bar - 2, 1)}
                height={Math.max(foot - top, 1)}
                rx={2}
              />
            );
          })}
        </g>
      ))}
    </svg>
  );
}
