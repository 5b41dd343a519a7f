import { refuse } from '@digione/core/kernel';
import type { Publisher } from '../caller.ts';
import { announce } from './announce.ts';
import { describeRelease } from './describe-release.ts';
import { moveRelease } from './move-release.ts';
import type { Publishing } from './publishing.ts';
import { lockRelease } from './release-store.ts';

type Aim = 'withdrawn' | 'deprecated' | 'end-of-life' | 'answered';

const reasons = {
  withdrawn: 'withdrawn-by-vendor',
  deprecated: 'deprecated-by-vendor',
  'end-of-life': 'ended-by-vendor',
  answered: 'hold-answered',
} as const satisfies Record<Aim, string>;

export interface VendorChange {
  plugin: string;
  version: string;
  publisher: Publisher;
  to: Aim;
  note?: string;
}

/** What a vendor does with its own version after sending it. Its name and number stay taken. */
export async function changeByVendor({ database, clock, trust }: Publishing, change: VendorChange) {
  const { plugin, version, publisher, to, note } = change;
  if (!plugin.startsWith(`${publisher.namespace}/`) || (publisher.plugin ?? plugin) !== plugin)
    refuse('namespace-foreign', `This token does not reach "${plugin}".`);
  const at = clock.now();
  return database.global(async (tx) => {
    const release = await lockRelease(tx, plugin, version);
    if (!release) refuse('not-found', `There is no version ${version} of "${plugin}".`);
    const actor = { kind: 'publisher', id: publisher.member } as const;
    const moved = await moveRelease(tx, release, {
      to,
      actor,
      reason: reasons[to],
      evidence: note === undefined ? {} : { note },
      at,
    });
    await announce(tx, moved, { trust, at });
    return describeRelease(tx, moved, publisher);
  });
}
