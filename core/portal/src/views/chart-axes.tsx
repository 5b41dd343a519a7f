import { useWords } from '../look/use-words.ts';
import { type ChartScale, drawing } from './chart-scale.ts';

interface ChartAxesProps {
  scale: ChartScale;
  categories: readonly string[];
  /** Middle of a category. */
  x: (place: number) => number;
}

const longestName = 9;
const mostNames = 7;

export function ChartAxes({ scale, categories, x }: ChartAxesProps) {
  const { language } = useWords();
  const number = new Intl.NumberFormat(language, { maximumFractionDigits: 2 });
  const every = Math.ceil(categories.length / mostNames);
  return (
    <g className="view-axes">
      {scale.ticks.map((tick) => (
        <g key={tick}>
          <line
            x1={drawing.left}
            x2={drawing.width - drawing.right}
            y1={scale.y(tick)}
            y2={scale.y(tick)}
            className={tick === 0 ? 'zero' : undefined}
          />
          <text x={drawing.left - 8} y={scale.y(tick) + 5} textAnchor="end">
            {number.format(tick)}
          </text>
        </g>
      ))}
      {categories.map((name, place) =>
        place % every === 0 ? (
          <text key={name} x={x(place)} y={drawing.height - 10} textAnchor="middle">
            {name.length > longestName ? `${name.slice(0, longestName - 1)}…` : name}
          </text>
        ) : null,
      )}
    </g>
  );
}
