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
  const client = new pg.Client({ connectionString: administratorUrl });
  await client.connect();
  try {
    const { database, administrator } = (
      await client.query('select current_database() as database, current_user as administrator')
    ).rows[0];
    const addresses = addressesOf(administratorUrl, { roleStem: database, ...options });
    await client.query(`select pg_advisory_lock(hashtext('digione provision'))`);
    for (const url of [addresses.ownerUrl, addresses.coreUrl, addresses.registryUrl]) await ensureRole(client, url);
    const owner = decodeURIComponent(new URL(addresses.ownerUrl).username);
    await ensureMembership(client, owner, administrator);
    await ensureSchemas(client, database, owner);
    return addresses;
  } finally {
    await client.end();
  }
}

/** Where the roles of a database sign in, without asking the server. */
export function addressesOf(
  administratorUrl: string,
  { roleStem, secret = administratorUrl }: ProvisionOptions & { roleStem: string },
): Provisioned {
  const roles = { owner: `${roleStem}_owner`, core: `${roleStem}_core`, registry: `${roleStem}_registry` };
  const urlOf = (role: string) => withRole(administratorUrl, role, passwordOf(secret, role));
  return {
    ownerUrl: urlOf(roles.owner),
    coreUrl: urlOf(roles.core),
    registryUrl: urlOf(roles.registry),
    coreRole: roles.core,
    registryRole: roles.registry,
  };
}

/** Roles belong to the whole server: other databases' nodes may be making or mending the same one at this moment. */
async function ensureRole(client: pg.Client, url: string): Promise<void> {
  for (let attempt = 1; !(await canSignIn(url)); attempt += 1) {
    try {
      await writeRole(client, new URL(url));
    } catch (error) {
      const raced = /concurrently updated|already exists|duplicate key/.test((error as Error).message);
      if (!raced || attempt >= 5) throw error;
    }
  }
}

async function writeRole(client: pg.Client, { username, password }: URL): Promise<void> {
  const name = decodeURIComponent(username);
  const { rows } = await client.query('select 1 from pg_roles where rolname = $1', [name]);
  const verb = rows.length > 0 ? 'alter' : 'create';
  await client.query(
    `${verb} role ${pg.escapeIdentifier(name)} login nocreatedb nocreaterole password ${pg.escapeLiteral(password)}`,
  );
}

async function canSignIn(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url });
  try {
    await client.connect();
    return true;
  } catch (error) {
    // 28P01, 28000: no such role or another password; anything else is no answer to the question.
    if (['28P01', '28000'].includes((error as { code?: string }).code ?? '')) return false;
    throw error;
  } finally {
    await client.end();
  }
}

/** Only a member of the owner role may make schemas that belong to it; a superuser counts as one. */
async function ensureMembership(client: pg.Client, owner: string, administrator: string): Promise<void> {
  const { rows } = await client.query(`select pg_has_role($1, 'member') as member`, [owner]);
  if (rows[0].member) return;
  await client.query(`grant ${pg.escapeIdentifier(owner)} to ${pg.escapeIdentifier(administrator)}`);
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
