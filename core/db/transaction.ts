import type { Readable, Writable } from 'node:stream';
import type pg from 'pg';
import { from as copyFrom, to as copyTo } from 'pg-copy-streams';

/** A statement; with a `name` the server plans it once per connection. */
export interface Query {
  name?: string;
  text: string;
  values?: unknown[];
}

/** An open transaction. */
export interface Tx {
  query<R extends object>(query: Query): Promise<R[]>;
  /**
   * What shall be kept though the transaction is undone: written in one of its own on the same connection, before the error
   * goes on to the caller. Must be short; a second connection would let waiting transactions block each other.
   */
  ifUndone(write: (tx: Pick<Tx, 'query'>, error: unknown) => Promise<void>): void;
}

/** A transaction that also moves rows in bulk. PostgreSQL refuses COPY into tables with row-level security: stage first. */
export interface BulkTx extends Tx {
  /** Tells how many rows the statement wrote, without fetching them. */
  write(query: Query): Promise<number>;
  copyIn(statement: string): Writable;
  copyOut(statement: string): Readable;
}

export async function transact<T>(pool: pg.Pool, opening: string, work: (tx: BulkTx) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  const undone: Parameters<Tx['ifUndone']>[0][] = [];
  const query: Tx['query'] = async <R extends object>(one: Query) => (await client.query<R>(one)).rows;
  let broken = false;
  try {
    await client.query(opening);
    const result = await work({
      query,
      write: async (one) => (await client.query(one)).rowCount ?? 0,
      ifUndone: (write) => void undone.push(write),
      copyIn: (statement) => client.query(copyFrom(statement)),
      copyOut: (statement) => client.query(copyTo(statement)),
    });
    await client.query('commit');
    return result;
  } catch (error) {
    try {
      await client.query('rollback');
      for (const write of undone) await afterwards(client, opening, (tx) => write(tx, error));
    } catch (failure) {
      broken = true;
      if (undone.length > 0) throw new AggregateError([failure, error], 'What outlives a rollback could not be kept.');
    }
    throw error;
  } finally {
    client.release(broken);
  }
}

async function afterwards(
  client: pg.PoolClient,
  opening: string,
  write: (tx: Pick<Tx, 'query'>) => Promise<void>,
): Promise<void> {
  await client.query(opening.replace(' read only', ''));
  await write({ query: async (one) => (await client.query(one)).rows });
  await client.query('commit');
}

/** One statement in a transaction of its own, all of it in one round trip; its rows are given out after the commit. */
export async function transactOnce<R extends object>(pool: pg.Pool, opening: string, query: Query): Promise<R[]> {
  const client = await pool.connect();
  let broken = true;
  try {
    const [opened, answered, ended] = await Promise.allSettled([
      client.query(opening),
      client.query<R>(query),
      // After an error the server takes this for a rollback.
      client.query('commit'),
    ]);
    if (opened.status === 'rejected') throw opened.reason;
    broken = ended.status === 'rejected';
    if (answered.status === 'rejected') throw answered.reason;
    if (ended.status === 'rejected') throw ended.reason;
    return answered.value.rows;
  } finally {
    client.release(broken);
  }
}
