import { appendEvent } from '../../audit/index.ts';
import type { Database } from '../../db/index.ts';
import { type Clock, type Id, type Log, refuse } from '../../kernel/index.ts';
import type { Grant } from '../grant.ts';
import { addRows, type BudgetRow, budgetOf, forgetMinutes, keepAlarm, usualRows } from './budget-store.ts';

/** How many rows of persons a plugin may be given in a minute, in one municipality. */
export interface Budgets {
  /** Refuses when this minute's rows are used up. A look into a map: it stands in the way of every read. */
  take(grant: Grant): void;
  add(grant: Grant, rows: number): void;
  /** Tells the other nodes, hears what they gave, and raises alarms. */
  share(): Promise<void>;
}

export interface Alarm {
  municipality: Id;
  plugin: string;
  kind: 'tenfold' | 'limit';
  rows: number;
  usual: number;
}

export interface BudgetOptions {
  database: Database;
  clock: Clock;
  log: Log;
  rowsPerMinute: number;
  /** The municipality wants the plugin to be stopped at an alarm. */
  onStop(alarm: Alarm): Promise<void>;
}

interface Count {
  municipality: Id;
  plugin: string;
  minute: number;
  own: number;
  /** Of `own`, what the other nodes know of. */
  told: number;
  others: number;
  limit: number;
}

const minuteMs = 60_000;
/** A jump from nothing to a class list is no alarm. */
const alarmFloor = 1_000;
const sudden = 10;
const keptMs = 14 * 86_400_000;

export function createBudgets({ database, clock, log, rowsPerMinute, onStop }: BudgetOptions): Budgets {
  const counts = new Map<string, Count>();
  /** Minutes that ended with rows that nobody was told of. */
  let ended: Count[] = [];
  let forgotten = 0;

  function countOf({ municipality, plugin }: { municipality: Id; plugin: string }): Count {
    const minute = Math.floor(clock.now().getTime() / minuteMs);
    const key = `${municipality} ${plugin}`;
    const known = counts.get(key);
    if (known?.minute === minute) return known;
    if (known && known.own > known.told) ended.push(known);
    const limit = known?.limit ?? rowsPerMinute;
    const fresh = { municipality, plugin, minute, own: 0, told: 0, others: 0, limit };
    counts.set(key, fresh);
    return fresh;
  }

  async function tell(count: Count): Promise<void> {
    const { municipality, plugin, own } = count;
    const minute = new Date(count.minute * minuteMs);
    const now = clock.now();
    const alarm = await database.inTenant(municipality, async (tx) => {
      const rows = await addRows(tx, { municipality, plugin, minute, rows: own - count.told });
      const budget = await budgetOf(tx, municipality, plugin);
      const usual = await usualRows(tx, { municipality, plugin, before: minute });
      count.others = rows - own;
      count.told = own;
      count.limit = budget?.rowsPerMinute ?? rowsPerMinute;
      const kind = kindOf({ rows, usual, limit: count.limit });
      if (!kind) return undefined;
      const found = { municipality, plugin, kind, rows, usual: Math.round(usual ?? 0) };
      return (await raise(tx, found, { now, budget })) ? { ...found, stop: budget?.stopOnAlarm ?? false } : undefined;
    });
    if (alarm?.stop) await onStop(alarm);
  }

  /** True when there was none of this kind in this hour yet. */
  async function raise(
    tx: Parameters<typeof keepAlarm>[0],
    alarm: Alarm,
    { now, budget }: { now: Date; budget: BudgetRow | undefined },
  ): Promise<boolean> {
    const { municipality, plugin, kind, rows, usual } = alarm;
    if (!(await keepAlarm(tx, { ...alarm, at: now, stopped: budget?.stopOnAlarm ?? false }))) return false;
    await appendEvent(tx, { municipality, action: 'plugin.alarm', reason: kind, plugin, actorRole: 'platform' }, clock);
    log.warn({ municipality, plugin, kind, rows, usual }, 'a plugin reads far more than it usually does');
    return true;
  }

  return {
    take(grant) {
      if (grant.kind === 'portal') return;
      const { own, others, limit } = countOf(grant);
      if (own + others >= limit)
        refuse(
          'read-budget',
          `${grant.plugin} has been given ${limit} rows of persons in this minute. Wait for the next one.`,
        );
    },
    add(grant, rows) {
      if (grant.kind !== 'portal') countOf(grant).own += rows;
    },
    async share() {
      const untold = [...ended, ...[...counts.values()].filter(({ own, told }) => own > told)];
      ended = [];
      for (const count of untold) await tell(count);
      const now = clock.now().getTime();
      for (const [key, { minute, own, told }] of counts)
        if (own === told && minute < Math.floor(now / minuteMs) - 60) counts.delete(key);
      if (now - forgotten < 3_600_000) return;
      forgotten = now;
      for (const municipality of new Set(untold.map((count) => count.municipality)))
        await database.inTenant(municipality, (tx) => forgetMinutes(tx, municipality, new Date(now - keptMs)));
    },
  };
}

function kindOf({
  rows,
  usual,
  limit,
}: {
  rows: number;
  usual: number | undefined;
  limit: number;
}): Alarm['kind'] | undefined {
  if (usual !== undefined && rows >= alarmFloor && rows >= sudden * usual) return 'tenfold';
  return rows >= limit ? 'limit' : undefined;
}
