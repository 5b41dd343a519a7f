import { appendEvent } from '../../audit/index.ts';
import type { Database } from '../../db/index.ts';
import type { Actor } from '../../identity/index.ts';
import { type Clock, type Id, refuse } from '../../kernel/index.ts';
import type { Caller } from '../caller.ts';
import {
  findSecret,
  putSecret,
  removeSecret,
  type SecretPlace,
  secretsOf,
  secretsUnderOldKeys,
} from './secret-store.ts';
import type { Vault } from './vault.ts';

export interface SecretDeps {
  database: Database;
  clock: Clock;
  vault: Vault;
}

export interface SecretName {
  name: string;
  changedAt: Date;
}

const mostSecrets = 50;

/** `secrets.get`: for the plugin alone, in the municipality that set it. */
export async function readSecret(
  { database, vault }: SecretDeps,
  { grant }: Caller,
  name: string,
): Promise<{ value: string | null }> {
  const found = await database.inTenant(grant.municipality, (tx) => findSecret(tx, grant, name), { readOnly: true });
  return { value: found ? vault.open(placeOf(grant, name), found) : null };
}

/** What the administrator sees: names and dates. A value is never shown again. */
export function listSecrets({ database }: SecretDeps, place: SecretPlace): Promise<SecretName[]> {
  return database.inTenant(place.municipality, async (tx) =>
    (await secretsOf(tx, place)).map(({ name, changedAt }) => ({ name, changedAt })),
  );
}

export interface SecretChange {
  plugin: string;
  name: string;
  /** Null removes it. */
  value: string | null;
}

export async function changeSecret(
  { database, clock, vault }: SecretDeps,
  actor: Actor,
  { plugin, name, value }: SecretChange,
): Promise<void> {
  const place = { municipality: actor.municipality.id, plugin };
  await database.inTenant(place.municipality, async (tx) => {
    const names = (await secretsOf(tx, place)).map((secret) => secret.name);
    if (value !== null && !names.includes(name) && names.length >= mostSecrets)
      refuse('quota-exceeded', `A plugin has ${mostSecrets} secrets at most.`);
    if (value === null) await removeSecret(tx, place, name);
    else
      await putSecret(tx, place, {
        name,
        ...vault.seal(placeOf(place, name), value),
        changedBy: actor.person,
        changedAt: clock.now(),
      });
    const event = {
      municipality: place.municipality,
      action: 'secret.change',
      plugin,
      actor: actor.person,
      actorRole: actor.role,
    };
    await appendEvent(tx, { ...event, reason: name }, clock);
  });
}

/** Seals what older keys sealed with the present one; call until it answers 0, then the old key can go. */
export function rotateSecrets({ database, vault, clock }: SecretDeps, municipality: Id): Promise<number> {
  return database.inTenant(municipality, async (tx) => {
    const old = await secretsUnderOldKeys(tx, municipality, vault.current);
    for (const { plugin, name, ...value } of old) {
      const place = { municipality, plugin };
      const anew = vault.seal(placeOf(place, name), vault.open(placeOf(place, name), value));
      await putSecret(tx, place, { name, ...anew, changedBy: null, changedAt: clock.now() });
    }
    return old.length;
  });
}

function placeOf({ municipality, plugin }: SecretPlace, name: string): string {
  return `${municipality} ${plugin} ${name}`;
}
