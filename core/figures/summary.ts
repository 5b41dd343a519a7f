import { wallBounds } from '../sandbox/index.ts';
import type { FigureSum } from './figure-store.ts';

/** How one plugin ran over some days. */
export interface Summary {
  calls: number;
  /** Milliseconds; upper bounds of the histogram's steps. Null when there were no calls. */
  p50: number | null;
  p95: number | null;
  cpuMs: number;
  hostCalls: number;
  /** Asks that a door refused. */
  denied: number;
  errors: { code: string; times: number }[];
  /** Times that the plugin was switched off after crashes. */
  disabled: number;
}

export function summarise(sums: Pick<FigureSum, 'figure' | 'amount'>[]): Summary {
  const total = new Map<string, number>();
  for (const { figure, amount } of sums) total.set(figure, (total.get(figure) ?? 0) + amount);
  const of = (figure: string) => Math.round(total.get(figure) ?? 0);
  const errors = [...total]
    .filter(([figure]) => figure.startsWith('error:'))
    .map(([figure, times]) => ({ code: figure.slice('error:'.length), times: Math.round(times) }))
    .sort((a, b) => b.times - a.times || a.code.localeCompare(b.code));
  return {
    calls: of('calls'),
    p50: wallQuantile(total, 0.5),
    p95: wallQuantile(total, 0.95),
    cpuMs: of('cpuMs'),
    hostCalls: of('hostCalls'),
    denied: of('hostRefused'),
    errors,
    disabled: of('disabled'),
  };
}

/** The bound of the histogram's step in which the quantile lies. */
function wallQuantile(total: Map<string, number>, share: number): number | null {
  const steps = wallBounds.map((bound) => ({ bound, times: total.get(`wall:${bound}`) ?? 0 }));
  const all = steps.reduce((sum, { times }) => sum + times, 0);
  if (all === 0) return null;
  let seen = 0;
  for (const { bound, times } of steps) {
    seen += times;
    if (seen >= all * share) return bound;
  }
  return wallBounds.at(-1)!;
}
