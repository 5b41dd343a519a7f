import { createHmac } from 'node:crypto';
import pg from 'pg';

/** Addresses of the three roles of one database. */
export interface Provisioned {
  ownerUrl: string;
  coreUrl: string;
  registryUrl: string;
  coreRole: string;
  registryRole: string;
}

export interface ProvisionOptions {
  /** Roles are server-wide, so their names start with the database's; several databases may share a set. */
  roleStem?: string;
  /** What the passwords derive from; default the administrator's address. */
  secret?: string;
}

/**
 * Makes the roles and schemas that are missing. The given address needs the right to create roles and schemas.
 * The passwords derive from that address, so every node that knows it knows them and none is stored.
 */
export async function provision(administratorUrl: string, options: ProvisionOptions = {}): Promise<Provisioned> {
  const secret = options.secret ?? administratorUrl;
  const client = new pg.Client({ connectionString: administratorUrl });
  await client.connect();
  try {
    const { database, administrator } = (
      await client.query('select current_database() as database, current_user as administrator')
    ).rows[0];
    const stem = options.roleStem ?? database;
    const roles = { owner: `${stem}_owner`, core: `${stem}_core`, registry: `${stem}_registry` };
    // Roles belong to the server, so the lock must hold across its databases: lock a shared catalogue row's key.
    await client.query(`select pg_advisory_lock(hashtext('digione provision'))`);
    for (const role of Object.values(roles)) await ensureRole(client, role, passwordOf(secret, role));
    await client.query(`grant ${pg.escapeIdentifier(roles.owner)} to ${pg.escapeIdentifier(administrator)}`);
    await ensureSchemas(client, database, roles.owner);
    const urlOf = (role: string) => withRole(administratorUrl, role, passwordOf(secret, role));
    return {
      ownerUrl: urlOf(roles.owner),
      coreUrl: urlOf(roles.core),
      registryUrl: urlOf(roles.registry),
      coreRole: roles.core,
      registryRole: roles.registry,
    };
  } finally {
    await client.end();
  }
}

async function ensureRole(client: pg.Client, role: string, password: string): Promise<void> {
  const { rows } = await client.query('select 1 from pg_roles where rolname = $1', [role]);
  const verb = rows.length > 0 ? 'alter' : 'create';
  await client.query(
    `${verb} role ${pg.escapeIdentifier(role)} login nocreatedb nocreaterole password ${pg.escapeLiteral(password)}`,
  );
}

async function ensureSchemas(client: pg.Client, database: string, owner: string): Promise<void> {
  const ownerName = pg.escapeIdentifier(owner);
  await client.query(`grant connect, create on database ${pg.escapeIdentifier(database)} to ${ownerName}`);
  for (const schema of ['core', 'registry', 'jobs'])
    await client.query(`create schema if not exists ${schema} authorization ${ownerName}`);
  // Search with typing errors; a server without the extension still serves exact search.
  const { rows } = await client.query(`select 1 from pg_available_extensions where name = 'pg_trgm'`);
  if (rows.length > 0) await client.query('create extension if not exists pg_trgm with schema public');
}

function passwordOf(secret: string, role: string): string {
  return createHmac('sha256', secret).update(role).digest('base64url');
}

function withRole(administratorUrl: string, role: string, password: string): string {
  const url = new URL(administratorUrl);
  url.username = role;
  url.password = password;
  return url.href;
}
