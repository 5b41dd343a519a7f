import { colours, dashes } from './chart-scale.ts';
import type { ViewOf } from './view-of.ts';

export function ChartLegend({ view: { chart, series } }: { view: ViewOf<'chart'> }) {
  return (
    <ul className="plain row small">
      {series.map(({ name }, which) => (
        <li key={name} className="row">
          <svg width="28" height="12" aria-hidden="true" focusable="false">
            <line
              x1="0"
              x2="28"
              y1="6"
              y2="6"
              stroke={colours[which]}
              strokeWidth="4"
              strokeDasharray={chart === 'line' ? dashes[which] : undefined}
            />
          </svg>
          {name}
        </li>
      ))}
    </ul>
  );
}
