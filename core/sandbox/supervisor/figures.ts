import type { PluginErrorCode } from '@digione/sdk/errors';
import type { ContextKey } from '../context-key.ts';
import type { Outcome } from './running-call.ts';

/** Whose figures they are. Never a person. */
export type FigureOwner = Pick<ContextKey, 'municipality' | 'plugin' | 'version' | 'school'>;

/** Numbers of one plugin version in one school since the start. */
export interface PluginFigures extends FigureOwner {
  calls: number;
  errors: Partial<Record<PluginErrorCode, number>>;
  cpuMs: number;
  hostCalls: number;
  hostRefused: number;
  wallP50: number;
  wallP95: number;
}

/**
 * What came since the last look, as sums that add up over nodes and days: `calls`, `cpuMs`, `hostCalls`, `hostRefused`, `disabled`,
 * `error:<code>`, and `wall:<ms>`, the calls that took at most so long and longer than the bound before.
 */
export interface FigureDelta extends FigureOwner {
  sums: Record<string, number>;
}

/** Upper bounds in milliseconds of the histogram of wall times. */
export const wallBounds = [5, 10, 25, 50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000, 60_000, 300_000] as const;

interface Counters {
  owner: FigureOwner;
  calls: number;
  errors: Partial<Record<PluginErrorCode, number>>;
  cpuMs: number;
  hostCalls: number;
  hostRefused: number;
  recent: number[];
}

const mostOwners = 5_000;
const mostRecent = 256;

/** Live figures per plugin version and school, bounded in number. */
export class FigureBook {
  readonly #owners = new Map<string, Counters>();
  #fresh = new Map<string, FigureDelta>();

  count(key: ContextKey, outcome: Outcome): void {
    const figures = this.#countersOf(key);
    figures.calls += 1;
    figures.cpuMs += outcome.cpuMs;
    figures.hostCalls += outcome.hostCalls;
    figures.hostRefused += outcome.hostRefused;
    if (outcome.code !== 'ok') figures.errors[outcome.code] = (figures.errors[outcome.code] ?? 0) + 1;
    figures.recent[figures.calls % mostRecent] = outcome.wallMs;
    this.note(key, 'calls');
    this.note(key, 'cpuMs', outcome.cpuMs);
    this.note(key, 'hostCalls', outcome.hostCalls);
    this.note(key, 'hostRefused', outcome.hostRefused);
    this.note(key, `wall:${wallBounds.find((bound) => outcome.wallMs <= bound) ?? wallBounds.at(-1)}`);
    if (outcome.code !== 'ok') this.note(key, `error:${outcome.code}`);
  }

  /** A call that was refused before it began. */
  refused(key: ContextKey, code: PluginErrorCode): void {
    const figures = this.#countersOf(key);
    figures.errors[code] = (figures.errors[code] ?? 0) + 1;
    this.note(key, `error:${code}`);
  }

  note(key: ContextKey, sum: string, amount = 1): void {
    if (amount === 0) return;
    const name = nameOf(key);
    const delta = this.#fresh.get(name) ?? { ...ownerOf(key), sums: {} };
    delta.sums[sum] = (delta.sums[sum] ?? 0) + amount;
    this.#fresh.set(name, delta);
  }

  /** What came since the last time, each number once. */
  take(): FigureDelta[] {
    const taken = [...this.#fresh.values()];
    this.#fresh = new Map();
    return taken;
  }

  all(): PluginFigures[] {
    return [...this.#owners.values()].map(({ owner, recent, ...figures }) => {
      const sorted = recent.filter((wall) => wall !== undefined).sort((a, b) => a - b);
      return { ...owner, ...figures, wallP50: quantile(sorted, 0.5), wallP95: quantile(sorted, 0.95) };
    });
  }

  #countersOf(key: ContextKey): Counters {
    const name = nameOf(key);
    const figures = this.#owners.get(name) ?? emptyCounters(ownerOf(key));
    this.#owners.delete(name);
    this.#owners.set(name, figures);
    const oldest = this.#owners.keys().next().value;
    if (this.#owners.size > mostOwners && oldest !== undefined) this.#owners.delete(oldest);
    return figures;
  }
}

function ownerOf({ municipality, plugin, version, school }: ContextKey): FigureOwner {
  return { municipality, plugin, version, school };
}

function nameOf({ municipality, plugin, version, school }: ContextKey): string {
  return `${municipality}\n${plugin}\n${version}\n${school}`;
}

function emptyCounters(owner: FigureOwner): Counters {
  return { owner, calls: 0, errors: {}, cpuMs: 0, hostCalls: 0, hostRefused: 0, recent: [] };
}

function quantile(sorted: number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}
