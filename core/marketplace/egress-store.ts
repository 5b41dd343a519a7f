import type { Manifest } from '@digione/sdk/manifest';
import type { Tx } from '../db/index.ts';
import type { Id } from '../kernel/index.ts';

/** Hosts outside of a plugin as the newest version that was in use here names them, in use or not. */
export async function egressOf(tx: Tx, municipality: Id, plugin: string): Promise<Manifest['egress']> {
  const [row] = await tx.query<{ egress: Manifest['egress'] }>({
    name: 'plugin-egress',
    text: `select b.manifest -> 'egress' as egress from enablement e join bundle b on b.digest = e.digest
      where e.municipality_id = $1 and e.plugin = $2 order by (e.status = 'enabled') desc, e.changed_at desc limit 1`,
    values: [municipality, plugin],
  });
  return row?.egress ?? [];
}
