import { claimRuns, followSchedules, planRun, type ScheduleRun, settleRun, unplanned } from '../capabilities/index.ts';
import type { Tx } from '../db/index.ts';
import { type Clock, newId, Refusal, sha256Hex } from '../kernel/index.ts';
import { absentActor, platform } from './background.ts';
import type { DeliveryDeps } from './deliver-event.ts';
import type { Round } from './jobs.ts';
import { nextTime } from './next-time.ts';
import { runJob } from './run-plugin.ts';

const leaseMs = 6 * 60_000;
const mostAtOnce = 8;
const jitterMs = 60_000;

/** Runs the schedules that are due: each on one node, never beside itself, in the background. */
export function scheduleRound(deps: DeliveryDeps & { clock: Clock }): Round {
  const { database, clock } = deps;
  return async (municipality) => {
    const now = clock.now();
    const claim = { now, leaseEnds: new Date(now.getTime() + leaseMs), most: mostAtOnce };
    const due = await database.inTenant(municipality, async (tx) => {
      await followSchedules(tx, municipality);
      for (const run of await unplanned(tx, municipality)) await plan(tx, run, now);
      return claimRuns(tx, municipality, claim);
    });
    await Promise.all(due.map((run) => runOne(deps, run)));
    return due.length;
  };
}

function plan(tx: Tx, run: ScheduleRun, now: Date): Promise<void> {
  return planRun(tx, run, dueAfter(run, now));
}

/** The next time, later by up to a minute: always the same for one school and schedule, so that all of them spread. */
export function dueAfter({ municipality, plugin, school, schedule, cron }: ScheduleRun, now: Date): Date | null {
  const spread = Number.parseInt(sha256Hex(`${municipality} ${plugin} ${school} ${schedule}`).slice(0, 8), 16);
  const next = nextTime(cron, now);
  return next && new Date(next.getTime() + (spread % jitterMs));
}

async function runOne(deps: DeliveryDeps & { clock: Clock }, run: ScheduleRun): Promise<void> {
  const code = await attempt(deps, run);
  const at = deps.clock.now();
  await deps.database.inTenant(run.municipality, (tx) => settleRun(tx, run, { at, code, due: dueAfter(run, at) }));
}

/** A run that fails is not tried again before its next time. Answers why it failed. */
async function attempt({ plugins, log }: DeliveryDeps, run: ScheduleRun): Promise<string | null> {
  const { municipality, plugin, school, schedule } = run;
  try {
    const grant = await plugins.grants.of({ municipality, plugin, school });
    const request = { actor: absentActor(grant, platform), plugin, log, trace: newId() };
    await runJob(plugins, request, { grant, handler: { kind: 'schedule', name: schedule, argument: null } });
    return null;
  } catch (error) {
    if (!(error instanceof Refusal)) log.error({ error, plugin, schedule }, 'a schedule could not be run');
    const code = error instanceof Refusal ? error.code : 'host-failed';
    log.warn({ municipality, plugin, schedule, code }, 'plugin: a schedule failed');
    return code;
  }
}
