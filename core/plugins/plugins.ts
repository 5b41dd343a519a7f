import type { Access } from '../access/index.ts';
import { type Capability, type MailDeps, mailRound, type NoticeDeps, noticeRound } from '../capabilities/index.ts';
import type { Database } from '../db/index.ts';
import type { Clock, Log } from '../kernel/index.ts';
import type { Marketplace } from '../marketplace/index.ts';
import type { Sandbox } from '../sandbox/index.ts';
import { absentActor } from './background.ts';
import { followChanges } from './changes.ts';
import { eventRound } from './event-round.ts';
import { createJobs, type Jobs } from './jobs.ts';
import { createLive, type Live, type LiveLimits } from './live.ts';
import { createRateLimit } from './rate-limit.ts';
import type { PluginDeps } from './run-plugin.ts';
import { scheduleRound } from './schedule-round.ts';
import { createSeenContexts } from './seen-contexts.ts';
import { createTurnstile } from './turnstile.ts';

export interface PluginsOptions {
  database: Database;
  marketplace: Pick<Marketplace, 'grants' | 'bundles'>;
  sandbox: Pick<Sandbox, 'run' | 'dispose'>;
  capabilities: Capability;
  access: Access;
  clock: Clock;
  log: Log;
  /** Origin of the plugin pages as browsers reach it, `http://127.0.0.1:8082`. */
  pagesOrigin: string;
  live?: LiveLimits;
  /** How notifications leave by e-mail; without it they stay in the inbox. */
  mail?: Pick<MailDeps, 'mailer' | 'origin' | 'vault'>;
  /** Notices to outside processors; without it they wait. */
  notices?: Pick<NoticeDeps, 'signer' | 'places'>;
  /** Of one account to one plugin. */
  callsPerSecond?: number;
}

/** What the routes of running plugins need; follows changes of enablement, consent and sessions while it lives. */
export interface Plugins extends AsyncDisposable {
  deps: PluginDeps;
  pagesOrigin: string;
  live: Live;
  /** Events and schedules. */
  jobs: Jobs;
}

const usualCallsPerSecond = 20;
const burstSeconds = 10;

export async function createPlugins(options: PluginsOptions): Promise<Plugins> {
  const { database, marketplace, sandbox, capabilities, access, clock, log, pagesOrigin } = options;
  const live = createLive(options.live);
  const turnstile = createTurnstile();
  const unfollow = await followChanges({ database, sandbox, live, turnstile, grants: marketplace.grants, log });
  const rate = createRateLimit({ clock, perSecond: options.callsPerSecond ?? usualCallsPerSecond, burstSeconds });
  const seen = createSeenContexts((key) => sandbox.dispose(key));
  const deps: PluginDeps = {
    grants: marketplace.grants,
    bundles: marketplace.bundles,
    sandbox,
    capabilities,
    access,
    clock,
    rate,
    seen,
    turnstile,
  };
  const delivery = { plugins: deps, database, access, clock, log };
  const rounds = [eventRound(delivery), scheduleRound(delivery)];
  if (options.mail)
    rounds.push(
      mailRound({ ...options.mail, database, access, clock, log, grants: marketplace.grants, actorOf: absentActor }),
    );
  if (options.notices) rounds.push(noticeRound({ ...options.notices, database, access, clock, log }));
  const jobs = await createJobs({ database, log, rounds });
  return {
    deps,
    jobs,
    pagesOrigin,
    live,
    async [Symbol.asyncDispose]() {
      await jobs[Symbol.asyncDispose]();
      await unfollow();
      await live[Symbol.asyncDispose]();
    },
  };
}
