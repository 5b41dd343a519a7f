import type { Tx } from '@digione/core/db';
import type { Release } from './release-store.ts';

export type Unchecked = Pick<Release, 'plugin' | 'version'>;

/**
 * The oldest version that waits for its checks and that no other node works on. The claim ends with the transaction, so a
 * killed node's is free again at once; state changes commit on their own, in other transactions.
 */
export async function claimUnchecked(tx: Tx, except: string[]): Promise<Unchecked | undefined> {
  const [next] = await tx.query<Unchecked>({
    name: 'check-claim',
    text: `select plugin, version from (
             select plugin, version from release
             where state in ('uploaded', 'checking') and plugin || ' ' || version <> all($1::text[])
             order by published_at limit 20 offset 0
           ) waiting
           where pg_try_advisory_xact_lock(hashtext('digione registry check'), hashtext(plugin || ' ' || version)) limit 1`,
    values: [except],
  });
  return next;
}

/** States in which a human's answer is due. */
export const queuedStates = ['in-review', 'held', 'answered'];

export interface QueuePlace {
  lane: 'new' | 'update';
  /** 1 is the next. */
  position: number;
}

export interface Queued {
  plugin: string;
  version: string;
  lane: 'new' | 'update';
  state: string;
  publishedAt: Date;
}

/** Place in its lane; new plugins and updates wait apart. */
export async function queuePlace(tx: Tx, release: Release): Promise<QueuePlace | undefined> {
  if (!queuedStates.includes(release.state)) return undefined;
  const [row] = await tx.query<{ position: number }>({
    name: 'queue-place',
    text: `select count(*) + 1 as position from release
           where state = any($1) and lane = $2 and (published_at, plugin, version) < ($3, $4, $5)`,
    values: [queuedStates, release.lane, release.publishedAt, release.plugin, release.version],
  });
  return { lane: release.lane, position: row!.position };
}

export function queued(tx: Tx, limit: number): Promise<Queued[]> {
  return tx.query<Queued>({
    name: 'queue',
    text: `select plugin, version, lane, state, published_at as "publishedAt" from release
           where state = any($1) order by lane desc, published_at, plugin, version limit $2`,
    values: [queuedStates, limit],
  });
}

export interface LaneFigures {
  lane: 'new' | 'update';
  waiting: number;
  /** Seconds from upload to the first answer of a human, median of the last 90 days; null without any. */
  medianSecondsToFirstAnswer: number | null;
}

export async function laneFigures(tx: Tx, now: Date): Promise<LaneFigures[]> {
  return tx.query<LaneFigures>({
    name: 'queue-figures',
    text: `with answered as (
             select r.lane, extract(epoch from min(t.at) - r.published_at) as seconds
             from release r join release_transition t using (plugin, version)
             where t.actor_kind = 'reviewer' and r.published_at > $1::timestamptz - interval '90 days'
             group by r.plugin, r.version
           )
           select lane, (select count(*)::int from release where state = any($2) and release.lane = lanes.lane) as waiting,
             (select percentile_cont(0.5) within group (order by seconds) from answered where answered.lane = lanes.lane) as "medianSecondsToFirstAnswer"
           from (values ('new'), ('update')) lanes (lane)`,
    values: [now, queuedStates],
  });
}
