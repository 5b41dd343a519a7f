import { appendEvent } from '../../audit/index.ts';
import type { Database, Tx } from '../../db/index.ts';
import type { Actor } from '../../identity/index.ts';
import { type Clock, type Id, newId, refuse } from '../../kernel/index.ts';
import { insertEvent, schoolsUsing } from '../events/event-store.ts';
import { findSettings, type PluginSettings, putSettings } from './config-store.ts';

export interface SettingsDeps {
  database: Database;
  clock: Clock;
}

const settingsBytes = 32_000;

/** What the municipality set for a plugin; `config.get` gives the plugin the same. */
export function readSettings(
  { database }: Pick<SettingsDeps, 'database'>,
  municipality: Id,
  plugin: string,
): Promise<PluginSettings> {
  return database.inTenant(municipality, (tx) => findSettings(tx, municipality, plugin), { readOnly: true });
}

export async function changeSettings(
  { database, clock }: SettingsDeps,
  actor: Actor,
  { plugin, settings }: { plugin: string; settings: PluginSettings },
): Promise<void> {
  if (Buffer.byteLength(JSON.stringify(settings)) > settingsBytes)
    refuse('too-large', `Settings hold ${settingsBytes} bytes at most.`);
  const municipality = actor.municipality.id;
  await database.inTenant(municipality, async (tx) => {
    await putSettings(tx, { municipality, plugin, settings, by: actor.person, at: clock.now() });
    const event = { municipality, action: 'settings.change', plugin, actor: actor.person, actorRole: actor.role };
    await appendEvent(tx, event, clock);
    await tellPlugin(tx, actor, { plugin, at: clock.now() });
  });
}

/** `settings.changed`, to this plugin in each school where it is in use. */
async function tellPlugin(tx: Tx, actor: Actor, { plugin, at }: { plugin: string; at: Date }): Promise<void> {
  const municipality = actor.municipality.id;
  const core = {
    municipality,
    name: 'settings.changed',
    plugin: null,
    key: 'settings',
    subject: null,
    body: {},
    by: null,
  };
  for (const school of await schoolsUsing(tx, municipality, plugin))
    await insertEvent(tx, { ...core, id: newId(), school, language: actor.language, at }, plugin);
}
