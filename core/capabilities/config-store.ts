import type { Database } from '../db/index.ts';
import type { Caller } from './caller.ts';

/** `config.get`: what the municipality set for this plugin. */
export async function readConfig(database: Database, { grant }: Caller): Promise<Record<string, unknown>> {
  const { municipality, plugin } = grant;
  const text = 'select settings from plugin_config where municipality_id = $1 and plugin = $2';
  const query = { name: 'config-read', text, values: [municipality, plugin] };
  const [row] = await database.inTenant(municipality, (tx) => tx.query<{ settings: Record<string, unknown> }>(query), {
    readOnly: true,
  });
  return row?.settings ?? {};
}
