import { claimEvents, forgetEvents, settleDelivery, type WaitingEvent } from '../capabilities/index.ts';
import { type Clock, sha256Hex } from '../kernel/index.ts';
import { type DeliveryDeps, deliverEvent } from './deliver-event.ts';
import type { Round } from './jobs.ts';

/** Longer than the longest run of a job. */
const leaseMs = 6 * 60_000;
const mostAtOnce = 8;
const mostAttempts = 8;
const firstPauseMs = 10_000;
const longestPauseMs = 6 * 3_600_000;
const keptDays = 30;

/** Delivers what is due: the oldest of each key, several keys at once. */
export function eventRound(deps: DeliveryDeps & { clock: Clock }): Round {
  const { database, clock } = deps;
  return async (municipality) => {
    const now = clock.now();
    const claim = { now, leaseEnds: later(now, leaseMs), most: mostAtOnce };
    const events = await database.inTenant(municipality, (tx) => claimEvents(tx, municipality, claim));
    await Promise.all(events.map((event) => attempt(deps, event)));
    if (events.length === 0)
      await database.inTenant(municipality, (tx) => forgetEvents(tx, municipality, later(now, -keptDays * 86_400_000)));
    return events.length;
  };
}

async function attempt(deps: DeliveryDeps & { clock: Clock }, event: WaitingEvent): Promise<void> {
  const outcome = await deliverEvent(deps, event);
  const now = deps.clock.now();
  const settled = (status: 'waiting' | 'delivered' | 'withheld' | 'dead', code: string | null, at = now) =>
    deps.database.inTenant(event.municipality, (tx) => settleDelivery(tx, event, { status, code, at }));
  if (outcome.status !== 'failed') await settled(outcome.status, outcome.status === 'withheld' ? outcome.code : null);
  else if (event.attempt < mostAttempts) await settled('waiting', outcome.code, later(now, pauseAfter(event)));
  else {
    await settled('dead', outcome.code);
    const { municipality, to: plugin, name, id } = event;
    deps.log.warn(
      { municipality, plugin, event: name, id, code: outcome.code },
      'plugin: an event could not be delivered',
    );
  }
}

/** Four times as long after each attempt, spread by a fifth so that what failed together does not come back together. */
export function pauseAfter({ id, attempt }: Pick<WaitingEvent, 'id' | 'attempt'>): number {
  const pause = Math.min(longestPauseMs, firstPauseMs * 4 ** (attempt - 1));
  const spread = Number.parseInt(sha256Hex(`${id} ${attempt}`).slice(0, 8), 16) / 0xffffffff;
  return Math.round(pause * (1 + spread / 5));
}

function later(instant: Date, milliseconds: number): Date {
  return new Date(instant.getTime() + milliseconds);
}
