import { Type } from 'typebox';
import { jobsChannel } from '../capabilities/index.ts';
import type { Database } from '../db/index.ts';
import { listMunicipalities } from '../education/index.ts';
import { formOf, type Id, type Log } from '../kernel/index.ts';

/** One kind of work of a municipality: takes what is due under a lease, does it, reports; answers how much there was. */
export type Round = (municipality: Id) => Promise<number>;

export interface JobsOptions {
  database: Database;
  log: Log;
  rounds: readonly Round[];
  /** How often every municipality is looked at even when nobody said that there is work. Default 15 000. */
  sweepMs?: number;
}

/** Work that nobody waits for: one node does a piece, another one takes it over when that node dies. */
export interface Jobs extends AsyncDisposable {
  /** Does what is due in the municipality until nothing is. */
  drain(municipality: Id): Promise<number>;
}

const Wake = Type.Object({ municipality: Type.String({ maxLength: 64 }) });
const isWake = formOf(Wake);
/** Municipalities that are worked for at the same time. */
const lanes = 2;

export async function createJobs({ database, log, rounds, sweepMs = 15_000 }: JobsOptions): Promise<Jobs> {
  const due = new Set<Id>();
  const busy = new Map<Id, Promise<number>>();
  let closing = false;

  async function work(municipality: Id): Promise<number> {
    let done = 0;
    for (const round of rounds) {
      for (let found = await round(municipality); found > 0 && !closing; found = await round(municipality))
        done += found;
    }
    return done;
  }

  function start(municipality: Id): Promise<number> {
    due.delete(municipality);
    const running = work(municipality).finally(() => {
      busy.delete(municipality);
      next();
    });
    busy.set(municipality, running);
    return running;
  }

  /** In the order in which they came, so that nobody's flood keeps another municipality waiting. */
  function next(): void {
    for (const municipality of due) {
      if (closing || busy.size >= lanes) return;
      if (!busy.has(municipality))
        start(municipality).catch((error: unknown) => log.error({ error }, 'work in the background failed'));
    }
  }

  async function sweep(): Promise<void> {
    const all = await database.global((tx) => listMunicipalities(tx));
    for (const { id, kind } of all) if (kind === 'municipality') due.add(id);
    next();
  }

  const unlisten = await database.listen(jobsChannel, (payload) => {
    if (!isWake(payload)) return;
    due.add(payload.municipality);
    next();
  });
  const timer = setInterval(() => {
    sweep().catch((error: unknown) => log.error({ error }, 'looking for work in the background failed'));
  }, sweepMs);
  timer.unref();

  return {
    async drain(municipality) {
      await busy.get(municipality);
      return start(municipality);
    },
    async [Symbol.asyncDispose]() {
      closing = true;
      clearInterval(timer);
      await unlisten();
      await Promise.allSettled(busy.values());
    },
  };
}
