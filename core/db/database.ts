import pg from 'pg';
import type { Sequelize, Transaction } from 'sequelize';
import { isId, refuse, type Id, type Log } from '../kernel/index.ts';
import { createListener, type Listener } from './listener.ts';
import { type BulkTx, type Query, transact, transactOnce, type Tx } from './transaction.ts';
import { parseInstants } from './types.ts';

export interface TenantOptions {
  isolation?: 'read committed' | 'repeatable read';
  readOnly?: boolean;
}

/** The application's door to PostgreSQL: a role that owns nothing and can't bypass row-level security. */
export interface Database extends AsyncDisposable {
  readonly pool: pg.Pool;
  /** For models; loaded at its first use, since it is the largest part of what a server would read at its start. */
  sequelize(): Promise<Sequelize>;
  /** One transaction that sees and writes rows of one municipality only. */
  inTenant<T>(municipality: Id, work: (tx: Tx) => Promise<T>, options?: TenantOptions): Promise<T>;
  /** One statement in such a transaction, in one round trip: for the hot paths. */
  askTenant<R extends object>(municipality: Id, query: Query): Promise<R[]>;
  /** The same with COPY, for imports and exports. */
  inTenantBulk<T>(municipality: Id, work: (tx: BulkTx) => Promise<T>, options?: TenantOptions): Promise<T>;
  /** The same for Sequelize models: pass the transaction to each call. */
  inTenantModels<T>(municipality: Id, work: (transaction: Transaction) => Promise<T>): Promise<T>;
  /** One transaction over the tables that belong to no municipality; tenant tables look empty in it. */
  global<T>(work: (tx: Tx) => Promise<T>): Promise<T>;
  /** Sends JSON (≤ 7 900 bytes) to every listener of the channel on every node. */
  notify(channel: string, payload: object): Promise<void>;
  /** Calls `on` for each notification until the returned function is called; survives reconnects. */
  listen(channel: string, on: (payload: unknown) => void): Promise<() => Promise<void>>;
}

export interface DatabaseOptions {
  /** postgres:// address with the application role. */
  url: string;
  schema: 'core' | 'registry';
  poolSize: number;
  log: Log;
}

const mostBulkConnections = 4;

export async function connectDatabase({ url, schema, poolSize, log }: DatabaseOptions): Promise<Database> {
  const settings = { connectionString: url, options: `-c search_path=${schema},public`, types: parseInstants };
  const patience = { idleTimeoutMillis: 30_000, connectionTimeoutMillis: 10_000 };
  const pool = new pg.Pool({ ...settings, ...patience, max: poolSize, pipeline: true });
  // COPY needs a connection that sends one statement at a time.
  const bulkPool = new pg.Pool({ ...settings, ...patience, max: mostBulkConnections });
  for (const one of [pool, bulkPool])
    one.on('error', (error) => log.warn({ error: error.message }, 'a pooled connection broke'));
  let models: Promise<Sequelize> | undefined;
  const sequelize = () => {
    models ??= openSequelize({ url, schema, poolSize });
    return models;
  };
  const closeModels = async () => (await models)?.close();
  const listener = createListener({ settings, log });
  return doors({ pool, bulkPool, sequelize, closeModels, listener });
}

async function openSequelize({ url, schema, poolSize }: Omit<DatabaseOptions, 'log'>): Promise<Sequelize> {
  const { Sequelize } = await import('sequelize');
  return new Sequelize(url, {
    dialect: 'postgres',
    dialectModule: pg,
    logging: false,
    pool: { max: Math.max(2, Math.floor(poolSize / 2)), idle: 30_000 },
    dialectOptions: { options: `-c search_path=${schema},public` },
    define: { timestamps: false, freezeTableName: true, underscored: true },
  });
}

interface Connections {
  pool: pg.Pool;
  bulkPool: pg.Pool;
  sequelize: () => Promise<Sequelize>;
  closeModels: () => Promise<void>;
  listener: Listener;
}

function doors({ pool, bulkPool, sequelize, closeModels, listener }: Connections): Database {
  return {
    pool,
    sequelize,
    inTenant: async (municipality, work, options = {}) =>
      transact(pool, `${begin(options)};${tenantSetting(municipality)}`, work),
    askTenant: async (municipality, query) => transactOnce(pool, `${begin({})};${tenantSetting(municipality)}`, query),
    inTenantBulk: async (municipality, work, options = {}) =>
      transact(bulkPool, `${begin(options)};${tenantSetting(municipality)}`, work),
    async inTenantModels(municipality, work) {
      const open = await sequelize();
      return open.transaction(async (transaction) => {
        await open.query(tenantSetting(municipality), { transaction });
        return work(transaction);
      });
    },
    global: (work) => transact(pool, 'begin', work),
    async notify(channel, payload) {
      await pool.query('select pg_notify($1, $2)', [channel, JSON.stringify(payload)]);
    },
    listen: (channel, on) => listener.listen(channel, on),
    async [Symbol.asyncDispose]() {
      await listener[Symbol.asyncDispose]();
      await Promise.all([pool.end(), bulkPool.end(), closeModels()]);
    },
  };
}

function begin({ isolation = 'read committed', readOnly = false }: TenantOptions): string {
  return `begin isolation level ${isolation}${readOnly ? ' read only' : ''}`;
}

/** Local to the transaction, so that a pooled connection never carries it on. The id is checked, hence safe as a literal. */
function tenantSetting(municipality: Id): string {
  if (!isId(municipality)) refuse('invalid', 'A municipality is named by its id, a lower-case UUID.');
  return `select set_config('digione.municipality', '${municipality}', true)`;
}
