import test from 'ava';
import { connectDatabase, type Database } from '../../../core/db/index.ts';
import { quietLog, testDatabase, type TestDatabase } from '../../support/database.ts';

const ours = '00000000-0000-4000-8000-00000000000a';
const theirs = '00000000-0000-4000-8000-00000000000b';

/** Tables that belong to no municipality, each with the reason; everything else must be isolated. */
const global: Record<string, string> = {
  absence_class: 'the national classes of absence, the same for everybody',
  account: 'who signs in, keyed by issuer and subject; a person of several municipalities has one',
  account_person: 'which persons an account is, ids only: read before a municipality is chosen',
  audit_retention: 'how long the log is kept, the same for everybody; only the owner changes it',
  bundle: 'verified plugin code, the same for everybody',
  mandate_visit: 'a browser on its way through the authorisations service, found by a hash',
  migration: 'what has been migrated',
  municipality: 'the tenants themselves',
  passkey: 'public keys of passkeys, of an account whatever its municipalities',
  passkey_question: 'a passkey ceremony under way',
  plugin_figure_total: 'how a plugin version runs, summed over all municipalities for its vendor',
  registry_trust: 'state of the signed metadata that this platform follows',
  release: 'what the registry has published, the same for everybody',
  session: 'sessions of accounts; they name the municipality that is active',
  sign_in_attempt: 'a sign-in under way: nobody is known yet',
  used_token: 'identifiers of tokens that work once, whoever sent them',
  witnessed_log: 'checkpoints of other nodes that this one has cosigned, hashes only',
};

interface Column {
  table_name: string;
  column_name: string;
}

async function tablesOf(fresh: TestDatabase): Promise<Map<string, string[]>> {
  const rows = await fresh.asOwner<Column>(
    `select table_name, column_name from information_schema.columns join information_schema.tables using (table_schema, table_name)
     where table_schema = 'core' and table_type = 'BASE TABLE' and not exists (
       select from pg_class c where c.oid = format('%I.%I', table_schema, table_name)::regclass and c.relispartition)
     order by 1, ordinal_position`,
  );
  return new Map(
    [...Map.groupBy(rows, (row) => row.table_name)].map(([name, columns]) => [name, columns.map((c) => c.column_name)]),
  );
}

test('every table either belongs to a municipality and is isolated, or is on the list of global ones with a reason', async (t) => {
  await using fresh = await testDatabase();
  const isolated = await fresh.asOwner<{ name: string; rls: boolean; forced: boolean; policies: number }>(
    `select c.relname as name, relrowsecurity as rls, relforcerowsecurity as forced,
       (select count(*)::int from pg_policy p where p.polrelid = c.oid) as policies
     from pg_class c join pg_namespace n on n.oid = relnamespace where nspname = 'core' and relkind in ('r', 'p') and not relispartition`,
  );
  const tables = await tablesOf(fresh);
  for (const { name, rls, forced, policies } of isolated) {
    const isTenant = tables.get(name)?.includes('municipality_id') && !(name in global);
    if (isTenant)
      t.true(
        rls && forced && policies > 0,
        `${name} has municipality_id but is not protected: add "call protect('${name}')"`,
      );
    else t.true(name in global, `${name} has no municipality_id: isolate it, or give the reason why it is global`);
  }
});

test('a part of a table is reached only through the whole, which is isolated', async (t) => {
  await using fresh = await testDatabase();
  await fresh.database.global((tx) => tx.query({ text: `select audit_add_month('2026-11-24')` }));
  const parts = await fresh.asOwner<{ name: string; granted: boolean; isolated: boolean }>(
    `select c.relname as name, has_table_privilege($1, c.oid, 'select, insert, update, delete, truncate') as granted,
       relrowsecurity and relforcerowsecurity as isolated
     from pg_class c join pg_namespace n on n.oid = relnamespace where nspname = 'core' and relispartition and relkind = 'r'`,
    [fresh.provisioned.coreRole],
  );
  t.true(parts.length >= 6);
  t.deepEqual(
    parts.filter(({ granted, isolated }) => granted || !isolated),
    [],
  );
});

test('keys of every municipality table begin with the municipality', async (t) => {
  await using fresh = await testDatabase();
  const keys = await fresh.asOwner<{ table_name: string; name: string; first: string }>(
    `select c.relname as table_name, k.conname as name, a.attname as first from pg_constraint k
       join pg_class c on c.oid = k.conrelid join pg_namespace n on n.oid = c.relnamespace
       join pg_attribute a on a.attrelid = c.oid and a.attnum = k.conkey[1]
     where n.nspname = 'core' and k.contype in ('p', 'u', 'f')`,
  );
  const tables = await tablesOf(fresh);
  const wrong = keys.filter(
    ({ table_name, first }) =>
      !(table_name in global) && tables.get(table_name)?.includes('municipality_id') && first !== 'municipality_id',
  );
  t.deepEqual(wrong, []);
});

test('no table shows, changes or takes a row of another municipality', async (t) => {
  await using fresh = await testDatabase();
  const tables = [...(await tablesOf(fresh))].filter(
    ([name, columns]) => columns.includes('municipality_id') && !(name in global),
  );
  for (const [name] of tables) {
    await plant(fresh, name);
    t.deepEqual(await seen(fresh.database, ours, name), 0, `${name} shows a row of another municipality`);
    t.deepEqual(await seen(fresh.database, theirs, name), 1, `${name} hides its own row`);
    const counted = await fresh.database.global((tx) =>
      tx.query<{ n: number }>({ text: `select count(*)::int as n from ${name}` }),
    );
    t.is(counted[0]?.n, 0, `${name} shows rows without a municipality being set`);
    await t.throwsAsync(
      () => insertAs(fresh.database, ours, name),
      { message: /row-level security|permission denied/ },
      name,
    );
    t.is(await changed(fresh.database, ours, name), 0, `${name} lets another municipality's row be changed`);
  }
});

/** One row of the other municipality, put there behind all constraints. */
async function plant(fresh: TestDatabase, table: string): Promise<void> {
  const server = new URL(fresh.url);
  await using administrator = await connectDatabase({ url: server.href, schema: 'core', poolSize: 2, log: quietLog });
  await administrator.global(async (tx) => {
    await tx.query({ text: `set local session_replication_role = replica` });
    await tx.query({ text: await minimalInsert(administrator, table) });
  });
}

/** An insert that fills each required column with something of its type; check constraints are dropped in this throw-away database. */
async function minimalInsert(database: Database, table: string): Promise<string> {
  const { rows: checks } = await database.pool.query(
    `select conname from pg_constraint where conrelid = $1::regclass and contype = 'c'`,
    [`core.${table}`],
  );
  for (const { conname } of checks) await database.pool.query(`alter table ${table} drop constraint "${conname}"`);
  const { rows } = await database.pool.query(
    `select column_name as name, data_type as type from information_schema.columns
     where table_schema = 'core' and table_name = $1 and is_nullable = 'NO' and column_default is null and is_generated = 'NEVER'
       and is_identity = 'NO' and column_name <> 'municipality_id'`,
    [table],
  );
  const columns = ['municipality_id', ...rows.map(({ name }) => `"${name}"`)];
  const values = [`'${theirs}'`, ...rows.map(({ type }) => filler(type))];
  return `insert into ${table} (${columns.join(', ')}) values (${values.join(', ')})`;
}

function filler(type: string): string {
  const byType: Record<string, string> = {
    uuid: `gen_random_uuid()`,
    text: `'x'`,
    date: `'2026-01-01'`,
    boolean: 'true',
    integer: '1',
    bigint: '1',
    smallint: '1',
    jsonb: `'{}'`,
    bytea: `'x'`,
    'timestamp with time zone': 'now()',
    'time without time zone': `'08:00'`,
    ARRAY: `'{}'`,
    numeric: '1',
    'double precision': '1',
    'character varying': `'x'`,
    character: `'x'`,
  };
  const value = byType[type];
  if (!value) throw new Error(`This test has no filler for the column type ${type}: add one.`);
  return value;
}

async function seen(database: Database, municipality: string, table: string): Promise<number> {
  const rows = await database.inTenant(municipality, (tx) => tx.query({ text: `select 1 from ${table}` }));
  return rows.length;
}

async function insertAs(database: Database, municipality: string, table: string): Promise<void> {
  await database.inTenant(municipality, (tx) =>
    tx.query({ text: `insert into ${table} (municipality_id) values ('${theirs}')` }),
  );
}

async function changed(database: Database, municipality: string, table: string): Promise<number> {
  try {
    const rows = await database.inTenant(municipality, (tx) =>
      tx.query({ text: `update ${table} set municipality_id = municipality_id returning 1` }),
    );
    return rows.length;
  } catch (error) {
    // Append-only tables have no right to update at all.
    if (/permission denied/.test((error as Error).message)) return 0;
    throw error;
  }
}

test('a pooled connection never carries a municipality on to the next transaction', async (t) => {
  await using fresh = await testDatabase();
  await using single = await connectDatabase({
    url: fresh.provisioned.coreUrl,
    schema: 'core',
    poolSize: 1,
    log: quietLog,
  });
  const current = `select nullif(current_setting('digione.municipality', true), '') as municipality`;
  const read = () => single.global((tx) => tx.query<{ municipality: string | null }>({ text: current }));
  await single.inTenant(ours, (tx) => tx.query({ text: 'select 1' }));
  t.deepEqual(await read(), [{ municipality: null }]);
  await t.throwsAsync(() => single.inTenant(ours, (tx) => tx.query({ text: 'select 1/0' })));
  t.deepEqual(await read(), [{ municipality: null }]);
  await t.throwsAsync(() => single.inTenant("x'; drop table person; --", (tx) => tx.query({ text: 'select 1' })), {
    code: 'invalid',
  });
});

test('the application role owns nothing and can neither bypass nor switch off the isolation', async (t) => {
  await using fresh = await testDatabase();
  const owned = await fresh.database.global((tx) =>
    tx.query({
      text: `select relname from pg_class where relowner = (select oid from pg_roles where rolname = current_user)`,
    }),
  );
  t.deepEqual(owned, []);
  for (const text of [
    'alter table person disable row level security',
    'drop policy tenant on person',
    'truncate person',
    'set role digione_test_owner',
  ])
    await t.throwsAsync(
      () => fresh.database.global((tx) => tx.query({ text })),
      { message: /permission denied|must be owner/ },
      text,
    );
});
