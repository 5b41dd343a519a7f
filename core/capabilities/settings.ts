import { appendEvent } from '../audit/index.ts';
import type { Database } from '../db/index.ts';
import type { Actor } from '../identity/index.ts';
import { type Clock, type Id, refuse } from '../kernel/index.ts';
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
  });
}
