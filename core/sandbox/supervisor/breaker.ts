export interface BreakerRules {
  strikes: number;
  windowMs: number;
  restMs: number;
}

interface Record {
  strikes: { at: number; weight: number }[];
  openUntil: number;
  restMs: number;
  trial: boolean;
}

const longestRest = 3_600_000;

/**
 * Counts crashes per plugin version and municipality. A certain crash weighs one; one shared by several suspects weighs its share.
 * Enough of them open the breaker; after a rest one trial is let through, and its failure doubles the rest.
 */
export class Breaker {
  readonly #rules: BreakerRules;
  readonly #now: () => number;
  readonly #records = new Map<string, Record>();

  constructor(rules: BreakerRules, now: () => number) {
    this.#rules = rules;
    this.#now = now;
  }

  /** Whether a call of the group may start. */
  admits(group: string): boolean {
    const record = this.#records.get(group);
    if (record === undefined || record.openUntil === 0) return true;
    if (this.#now() < record.openUntil || record.trial) return false;
    record.trial = true;
    return true;
  }

  /** A group with recent strikes runs apart from others until it has proved itself. */
  suspects(group: string): boolean {
    return this.#records.has(group);
  }

  /** Returns true when this strike opened the breaker. */
  strike(group: string, weight: number): boolean {
    const record = this.#records.get(group) ?? { strikes: [], openUntil: 0, restMs: this.#rules.restMs, trial: false };
    this.#records.set(group, record);
    const since = this.#now() - this.#rules.windowMs;
    record.strikes = [...record.strikes.filter((strike) => strike.at > since), { at: this.#now(), weight }];
    const total = record.strikes.reduce((sum, strike) => sum + strike.weight, 0);
    if (!record.trial && total < this.#rules.strikes) return false;
    if (record.trial) record.restMs = Math.min(record.restMs * 2, longestRest);
    record.trial = false;
    record.openUntil = this.#now() + record.restMs;
    return true;
  }

  proved(group: string): void {
    const record = this.#records.get(group);
    if (record !== undefined && (record.trial || record.openUntil === 0)) this.#records.delete(group);
  }

  /** Groups that are switched off, and for how many milliseconds still; 0 means that the next call is their trial. */
  open(): { group: string; restsMs: number }[] {
    return [...this.#records]
      .filter(([, record]) => record.openUntil > 0)
      .map(([group, { openUntil }]) => ({ group, restsMs: Math.max(0, openUntil - this.#now()) }));
  }
}
