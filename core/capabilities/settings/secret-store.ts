import type { Tx } from '../../db/index.ts';
import type { Id } from '../../kernel/index.ts';
import type { Sealed } from './vault.ts';

/** The secrets of one plugin in one municipality. */
export interface SecretPlace {
  municipality: Id;
  plugin: string;
}

export interface StoredSecret extends Sealed {
  name: string;
  changedAt: Date;
}

const columns = 'name, key_id as "keyId", sealed, changed_at as "changedAt"';

export async function findSecret(
  tx: Tx,
  { municipality, plugin }: SecretPlace,
  name: string,
): Promise<StoredSecret | undefined> {
  const text = `select ${columns} from plugin_secret where municipality_id = $1 and plugin = $2 and name = $3`;
  const [row] = await tx.query<StoredSecret>({ name: 'secret-one', text, values: [municipality, plugin, name] });
  return row;
}

export function secretsOf(tx: Tx, { municipality, plugin }: SecretPlace): Promise<StoredSecret[]> {
  const text = `select ${columns} from plugin_secret where municipality_id = $1 and plugin = $2 order by name`;
  return tx.query({ text, values: [municipality, plugin] });
}

const putText = `
  insert into plugin_secret (municipality_id, plugin, name, key_id, sealed, changed_by, changed_at)
  values ($1, $2, $3, $4, $5, $6, $7)
  on conflict (municipality_id, plugin, name) do update
    set key_id = excluded.key_id, sealed = excluded.sealed, changed_by = excluded.changed_by, changed_at = excluded.changed_at`;

export async function putSecret(
  tx: Tx,
  { municipality, plugin }: SecretPlace,
  { name, keyId, sealed, changedAt, changedBy }: StoredSecret & { changedBy: Id | null },
): Promise<void> {
  await tx.query({ text: putText, values: [municipality, plugin, name, keyId, sealed, changedBy, changedAt] });
}

export async function removeSecret(tx: Tx, { municipality, plugin }: SecretPlace, name: string): Promise<void> {
  const text = 'delete from plugin_secret where municipality_id = $1 and plugin = $2 and name = $3';
  await tx.query({ text, values: [municipality, plugin, name] });
}

/** Secrets sealed with another key than the given one, a bounded number at a time. */
export function secretsUnderOldKeys(
  tx: Tx,
  municipality: Id,
  keyId: string,
): Promise<(StoredSecret & { plugin: string })[]> {
  const text = `select plugin, ${columns} from plugin_secret where municipality_id = $1 and key_id <> $2 limit 500 for update`;
  return tx.query({ text, values: [municipality, keyId] });
}
