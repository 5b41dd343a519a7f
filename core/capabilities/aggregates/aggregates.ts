import type { ArgumentOf, Capabilities, ResultOf } from '@digione/sdk/capabilities';
import type { Database } from '../../db/index.ts';
import { canonicalJson, type Clock, refuse, sha256Hex } from '../../kernel/index.ts';
import { findAggregate, insertAggregate } from './aggregate-store.ts';
import type { Caller } from '../caller.ts';
import { hideSmallCells } from './small-cells.ts';

type Publish = Capabilities['aggregate.publish'];

/**
 * `aggregate.publish`: a name and period is published once. A second set of counts for it could be compared with the first one
 * until single persons show, so it is refused; the same counts give the same answer again.
 */
export async function publishAggregate(
  { database, clock }: { database: Database; clock: Clock },
  { grant }: Caller,
  { name, period, groups }: ArgumentOf<Publish>,
): Promise<ResultOf<Publish>> {
  if (new Set(groups.map(({ label }) => label)).size !== groups.length)
    refuse('invalid-argument', 'Two groups have the same label.');
  const { municipality, plugin, school } = grant;
  const key = { municipality, plugin, school, name, period };
  const fingerprint = sha256Hex(canonicalJson([key, groups]));
  return database.inTenant(municipality, async (tx) => {
    const fresh = { fingerprint, groups: hideSmallCells(groups), at: clock.now() };
    if (await insertAggregate(tx, key, fresh)) return { groups: fresh.groups };
    const kept = await findAggregate(tx, key);
    if (kept?.fingerprint === fingerprint) return { groups: kept.groups };
    return refuse('not-allowed', `"${name}" was already published for ${period} with other counts.`);
  });
}
