import type { Tx } from '../../db/index.ts';
import type { Id } from '../../kernel/index.ts';

/** What a municipality set for a plugin. */
export type PluginSettings = Record<string, unknown>;

export async function findSettings(tx: Tx, municipality: Id, plugin: string): Promise<PluginSettings> {
  const text = 'select settings from plugin_config where municipality_id = $1 and plugin = $2';
  const [row] = await tx.query<{ settings: PluginSettings }>({
    name: 'config-read',
    text,
    values: [municipality, plugin],
  });
  return row?.settings ?? {};
}

const putText = `
  insert into plugin_config (municipality_id, plugin, settings, changed_by, changed_at) values ($1, $2, $3, $4, $5)
  on conflict (municipality_id, plugin) do update
    set settings = excluded.settings, changed_by = excluded.changed_by, changed_at = excluded.changed_at`;

export async function putSettings(
  tx: Tx,
  {
    municipality,
    plugin,
    settings,
    by,
    at,
  }: { municipality: Id; plugin: string; settings: PluginSettings; by: Id; at: Date },
): Promise<void> {
  await tx.query({ text: putText, values: [municipality, plugin, JSON.stringify(settings), by, at] });
}
