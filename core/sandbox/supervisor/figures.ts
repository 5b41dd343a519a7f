import type { PluginErrorCode } from '@digione/sdk/errors';
import type { ContextKey } from '../context-key.ts';
import type { Outcome } from './running-call.ts';

/** Numbers of one plugin version in one municipality since the start. Never a person's data. */
export interface PluginFigures {
  municipality: string;
  plugin: string;
  version: string;
  calls: number;
  errors: Partial<Record<PluginErrorCode, number>>;
  cpuMs: number;
  hostCalls: number;
  hostRefused: number;
  wallP50: number;
  wallP95: number;
}

interface Counters extends Omit<PluginFigures, 'wallP50' | 'wallP95'> {
  recent: number[];
}

const mostGroups = 5_000;
const mostRecent = 256;

/** Live figures per plugin and municipality, bounded in number. */
export class FigureBook {
  readonly #groups = new Map<string, Counters>();

  count(group: string, key: ContextKey, outcome: Outcome): void {
    const figures = this.#groups.get(group) ?? emptyCounters(key);
    this.#groups.delete(group);
    this.#groups.set(group, figures);
    figures.calls += 1;
    figures.cpuMs += outcome.cpuMs;
    figures.hostCalls += outcome.hostCalls;
    figures.hostRefused += outcome.hostRefused;
    if (outcome.code !== 'ok') figures.errors[outcome.code] = (figures.errors[outcome.code] ?? 0) + 1;
    figures.recent[figures.calls % mostRecent] = outcome.wallMs;
    const oldest = this.#groups.keys().next().value;
    if (this.#groups.size > mostGroups && oldest !== undefined) this.#groups.delete(oldest);
  }

  all(): PluginFigures[] {
    return [...this.#groups.values()].map(({ recent, ...figures }) => {
      const sorted = recent.filter((wall) => wall !== undefined).sort((a, b) => a - b);
      return { ...figures, wallP50: quantile(sorted, 0.5), wallP95: quantile(sorted, 0.95) };
    });
  }
}

function emptyCounters({ municipality, plugin, version }: ContextKey): Counters {
  return { municipality, plugin, version, calls: 0, errors: {}, cpuMs: 0, hostCalls: 0, hostRefused: 0, recent: [] };
}

function quantile(sorted: number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}
