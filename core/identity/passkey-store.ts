import type { Database } from '../db/index.ts';
import type { Id } from '../kernel/index.ts';
import { mostUnfinished } from './attempt-store.ts';

export interface Passkey {
  /** Credential id, base64url. */
  id: string;
  account: Id;
  provider: string;
  municipality: string;
  name: string;
  publicKey: Buffer;
  counter: number;
  createdAt: Date;
  usedAt: Date | null;
}

export interface PasskeyStore {
  ask(secretHash: Buffer, account: Id | null, times: { now: Date; endsAt: Date }): Promise<void>;
  /** Takes the question back, once; undefined when there is none, null account when it was for signing in. */
  takeQuestion(secretHash: Buffer, now: Date): Promise<{ account: Id | null } | undefined>;
  /** False when the credential is known already. */
  add(passkey: Passkey): Promise<boolean>;
  find(id: string): Promise<Passkey | undefined>;
  ofAccount(account: Id): Promise<Passkey[]>;
  used(id: string, change: { counter: number; at: Date }): Promise<void>;
  remove(id: string, account: Id): Promise<boolean>;
}

const columns = `id, account_id as account, provider, municipality, name, public_key as "publicKey", counter,
  created_at as "createdAt", used_at as "usedAt"`;

/** Statements instead of models: each is one atomic step. */
export function passkeyStore(database: Database, mostQuestions = mostUnfinished): PasskeyStore {
  const rows = <R extends object>(text: string, values: unknown[]) =>
    database.global((tx) => tx.query<R>({ text, values }));
  return {
    async ask(secretHash, account, { now, endsAt }) {
      await rows(
        `delete from passkey_question where secret_hash in (select secret_hash from passkey_question where ends_at < $1 limit 100)`,
        [now],
      );
      await rows('insert into passkey_question (secret_hash, account_id, ends_at) values ($1, $2, $3)', [
        secretHash,
        account,
        endsAt,
      ]);
      await rows(
        `delete from passkey_question where secret_hash in
           (select secret_hash from passkey_question order by ends_at desc offset $1 limit 100)`,
        [mostQuestions],
      );
    },
    async takeQuestion(secretHash, now) {
      const text =
        'delete from passkey_question where secret_hash = $1 and ends_at > $2 returning account_id as account';
      return (await rows<{ account: Id | null }>(text, [secretHash, now]))[0];
    },
    async add({ id, account, provider, municipality, name, publicKey, counter, createdAt }) {
      const text = `insert into passkey (id, account_id, provider, municipality, name, public_key, counter, created_at)
                    values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict do nothing returning id`;
      const values = [id, account, provider, municipality, name, publicKey, counter, createdAt];
      return (await rows(text, values)).length === 1;
    },
    find: async (id) => (await rows<Passkey>(`select ${columns} from passkey where id = $1`, [id]))[0],
    ofAccount: (account) =>
      rows<Passkey>(`select ${columns} from passkey where account_id = $1 order by created_at limit 50`, [account]),
    async used(id, { counter, at }) {
      await rows('update passkey set counter = greatest(counter, $2), used_at = $3 where id = $1', [id, counter, at]);
    },
    async remove(id, account) {
      return (
        (await rows('delete from passkey where id = $1 and account_id = $2 returning id', [id, account])).length === 1
      );
    },
  };
}
