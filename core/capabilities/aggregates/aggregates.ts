import type { ArgumentOf, Capabilities, ResultOf } from '@digione/sdk/capabilities';
import type { Database } from '../../db/index.ts';
import { canonicalJson, type Clock, refuse, sha256Hex } from '../../kernel/index.ts';
import type { Caller } from '../caller.ts';
import type { Vault } from '../settings/vault.ts';
import {
  type AggregateKey,
  aggregatesOfYear,
  insertAggregate,
  type KeptAggregate,
  lockAggregates,
} from './aggregate-store.ts';
import { type Group, hideSmallCells, hideSmallSurvey, tellsOfFew } from './small-cells.ts';

type Publish = Capabilities['aggregate.publish'];

export interface AggregateDeps {
  database: Database;
  clock: Clock;
  vault: Vault;
}

/**
 * `aggregate.publish`: a name and period is published once. A second set of counts for it could be compared with the first one
 * until single persons show, so it is refused; the same counts give the same answer again. The same goes for other names and
 * periods that overlap.
 */
export async function publishAggregate(
  { database, clock, vault }: AggregateDeps,
  { grant }: Caller,
  { name, period, groups, kind = 'counts' }: ArgumentOf<Publish>,
): Promise<ResultOf<Publish>> {
  checkGroups(groups);
  const { municipality, plugin, school } = grant;
  const key = { municipality, plugin, school, name, period };
  const fingerprint = sha256Hex(canonicalJson([key, kind, groups]));
  return database.inTenant(municipality, async (tx) => {
    await lockAggregates(tx, key);
    const earlier = await aggregatesOfYear(tx, key);
    const same = earlier.find((one) => one.name === name && one.period === period);
    if (same?.fingerprint === fingerprint) return { groups: same.groups, total: same.total };
    if (same) refuse('not-allowed', `"${name}" was already published for ${period} with other counts.`);
    for (const one of earlier) checkDifference(vault, { key, groups, earlier: one });
    const shown = kind === 'survey' ? hideSmallSurvey(groups) : hideSmallCells(groups);
    const truth = vault.seal(placeOf(key), JSON.stringify(groups));
    await insertAggregate(tx, key, { name, period, fingerprint, ...shown, truth, at: clock.now() });
    return shown;
  });
}

function checkGroups(groups: readonly Group[]): void {
  if (new Set(groups.map(({ label }) => label)).size !== groups.length)
    refuse('invalid-argument', 'Two groups have the same label.');
  if (groups.some(({ count, of }) => of !== undefined && of < count))
    refuse('invalid-argument', 'A part is larger than its whole.');
}

/** Counts of overlapping periods that differ by one to four persons would tell of them when one is taken from the other. */
function checkDifference(
  vault: Vault,
  { key, groups, earlier }: { key: AggregateKey; groups: readonly Group[]; earlier: KeptAggregate },
): void {
  const { name, period, truth } = earlier;
  if (!truth || !isWithin(period, key.period)) return;
  const known = JSON.parse(vault.open(placeOf({ ...key, name, period }), truth)) as Group[];
  const pairs = groups.flatMap(({ label, count }) => {
    const before = known.find((one) => one.label === label);
    return before ? [[count, before.count] as const] : [];
  });
  if (pairs.some(([now, before]) => tellsOfFew(now, before)) || tellsOfFew(sumOf(groups), sumOf(known)))
    refuse('not-allowed', `The difference from "${name}" of ${period} would tell of fewer than five persons.`);
}

function sumOf(groups: readonly Group[]): number {
  return groups.reduce((sum, { count }) => sum + count, 0);
}

/** Whether one of two periods lies in the other. */
function isWithin(one: string, other: string): boolean {
  return one.startsWith(other) || other.startsWith(one);
}

function placeOf({ municipality, plugin, school, name, period }: AggregateKey): string {
  return `aggregate ${municipality} ${plugin} ${school} ${name} ${period}`;
}
