import { usageOf } from '../capabilities/index.ts';
import type { Database } from '../db/index.ts';
import type { Clock, Id, Log } from '../kernel/index.ts';
import type { FigureDelta, Sandbox } from '../sandbox/index.ts';
import { addSchoolFigures, addTotalFigures, dropFigures, readSchoolFigures, readTotalFigures } from './figure-store.ts';
import { createMetrics } from './metrics.ts';
import { type Summary, summarise } from './summary.ts';

export interface FiguresDeps {
  database: Database;
  sandbox: Pick<Sandbox, 'figures' | 'takeDeltas'>;
  clock: Clock;
  log: Log;
}

/** How a plugin ran in one school. */
export interface SchoolFigures extends Summary {
  school: Id;
  /** Fewer calls than can be told apart from what single persons do: the numbers are left out. */
  few: boolean;
  documents: number;
  bytes: number;
}

/** A version that is switched off now, and for how long still. */
export interface Resting {
  version: string;
  restsSeconds: number;
}

export interface Figures extends AsyncDisposable {
  /** Brings what this node has counted into the database and into its metrics. */
  collect(): Promise<void>;
  /** Of this node since its start, in Prometheus' text format. */
  metrics(): Promise<string>;
  ofMunicipality(municipality: Id, plugin: string): Promise<{ schools: SchoolFigures[]; resting: Resting[] }>;
  /** Over all municipalities by version, for the plugin's vendor. Versions with too few calls are left out. */
  ofPlugin(plugin: string): Promise<({ version: string } & Summary)[]>;
}

export const figureDays = 30;
const keptDays = 400;
const everyMs = 10_000;
/** Below so many calls a number could tell what one person did. */
const leastInSchool = 5;
const leastOverall = 20;

export function createFigures({ database, sandbox, clock, log }: FiguresDeps): Figures {
  const metrics = createMetrics(sandbox);
  const tidied = new Map<Id, string>();
  let working: Promise<void> = Promise.resolve();
  const since = (days: number) => dayOf(new Date(clock.now().getTime() - days * 86_400_000));

  async function keep(deltas: FigureDelta[]): Promise<void> {
    const day = dayOf(clock.now());
    for (const [municipality, own] of Map.groupBy(deltas, (delta) => delta.municipality)) {
      await database.inTenant(municipality, async (tx) => {
        await addSchoolFigures(tx, municipality, day, own);
        if (tidied.get(municipality) === day) return;
        await dropFigures(tx, municipality, since(keptDays));
        tidied.set(municipality, day);
      });
    }
    await database.global((tx) => addTotalFigures(tx, day, deltas));
  }

  async function collectOnce(): Promise<void> {
    const deltas = sandbox.takeDeltas();
    if (deltas.length === 0) return;
    metrics.add(deltas);
    // Figures are an account, not a ledger: when the database is away for a moment, these ten seconds are only in the metrics.
    await keep(deltas).catch((error: unknown) => log.warn({ error }, 'figures of plugins could not be kept'));
  }

  function collect(): Promise<void> {
    working = working.then(collectOnce);
    return working;
  }

  const timer = setInterval(() => void collect(), everyMs);
  timer.unref();
  return {
    collect,
    async metrics() {
      await collect();
      return metrics.text();
    },
    async ofMunicipality(municipality, plugin) {
      await collect();
      const [sums, storage] = await database.inTenant(municipality, async (tx) => [
        await readSchoolFigures(tx, municipality, { plugin, since: since(figureDays) }),
        await usageOf(tx, municipality, plugin),
      ]);
      const schools = new Set([...sums, ...storage].map(({ school }) => school));
      const resting = sandbox
        .figures()
        .disabled.filter((one) => one.municipality === municipality && one.plugin === plugin)
        .map(({ version, restsMs }) => ({ version, restsSeconds: Math.ceil(restsMs / 1000) }));
      return {
        resting,
        schools: [...schools].map((school) => {
          const summary = summarise(sums.filter((sum) => sum.school === school));
          const { documents = 0, bytes = 0 } = storage.find((one) => one.school === school) ?? {};
          const few = summary.calls < leastInSchool;
          return { school, few, documents, bytes, ...(few ? summarise([]) : summary) };
        }),
      };
    },
    async ofPlugin(plugin) {
      await collect();
      const sums = await database.global((tx) => readTotalFigures(tx, { plugin, since: since(figureDays) }));
      return [...Map.groupBy(sums, ({ version }) => version)]
        .map(([version, own]) => ({ version, ...summarise(own) }))
        .filter(({ calls }) => calls >= leastOverall);
    },
    async [Symbol.asyncDispose]() {
      clearInterval(timer);
      await collect();
    },
  };
}

function dayOf(date: Date): string {
  return date.toISOString().slice(0, 10);
}
