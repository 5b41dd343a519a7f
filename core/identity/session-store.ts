import type { Database, Tx } from '../db/index.ts';
import type { Id, Language } from '../kernel/index.ts';
import type { Device } from './device.ts';

/** A session as kept: it holds which role is active, not whether the role still exists. */
export interface SessionRow {
  id: Id;
  account: Id;
  provider: string;
  municipality: Id;
  person: Id;
  roleId: string;
  language: Language;
  authTime: Date;
  seenAt: Date;
  idleMinutes: number;
  endsAt: Date;
}

export interface NewSession extends SessionRow, Device {
  secretHash: Buffer;
  providerSession: string | null;
  createdAt: Date;
  /** What opened it. */
  means: 'provider' | 'passkey';
}

/** A session as its own person looks at it. */
export type OwnSession = Pick<NewSession, 'id' | 'provider' | 'means' | 'createdAt' | 'seenAt' | 'endsAt'> & Device;

export type ActiveRole = Pick<SessionRow, 'municipality' | 'person' | 'roleId'>;

export interface Renewal {
  secretHash: Buffer;
  role?: ActiveRole | undefined;
  authTime?: Date | undefined;
}

export interface SessionStore {
  /** Returns the ids of the sessions that had to end: an account keeps a bounded number, the latest. */
  open(session: NewSession): Promise<Id[]>;
  find(secretHash: Buffer): Promise<SessionRow | undefined>;
  seen(id: Id, at: Date): Promise<void>;
  /** Gives the session a new secret, and with it a new role or a new proof of who it is. */
  renew(id: Id, change: Renewal): Promise<SessionRow | undefined>;
  setLanguage(id: Id, language: Language): Promise<void>;
  /** Those that still live, the latest use first. */
  ofAccount(account: Id, now: Date): Promise<OwnSession[]>;
  /** Each returns the ids of the sessions that it ended. */
  end(id: Id): Promise<Id[]>;
  endOfAccount(account: Id): Promise<Id[]>;
  endOther(which: { account: Id; session: Id }): Promise<Id[]>;
  endOthers(which: { account: Id; except: Id }): Promise<Id[]>;
  endAtProvider(ended: { issuer: string; providers: readonly string[]; sub?: string; sid?: string }): Promise<Id[]>;
}

const columns = `id, account_id as account, provider, municipality_id as municipality, person_id as person,
  role_id as "roleId", language, auth_time as "authTime", seen_at as "seenAt", idle_minutes as "idleMinutes",
  ends_at as "endsAt"`;

const mostPerAccount = 50;

/** Statements instead of models: each is one atomic step, and `find` runs on every request. */
export function sessionStore(database: Database): SessionStore {
  const ended = (text: string, values: unknown[]) =>
    database.global(async (tx) => (await tx.query<{ id: Id }>({ text, values })).map(({ id }) => id));
  return {
    open: (session) => database.global((tx) => insert(tx, session)),
    // On every request, hence one statement without a transaction around it.
    async find(secretHash) {
      const text = `select ${columns} from session where token_hash = $1`;
      const found = await database.pool.query<SessionRow>({ name: 'session-by-secret', text, values: [secretHash] });
      return found.rows[0];
    },
    seen: (id, at) =>
      database.global(async (tx) => {
        await tx.query({ text: 'update session set seen_at = $2 where id = $1 and seen_at < $2', values: [id, at] });
      }),
    renew: (id, change) => database.global((tx) => renew(tx, id, change)),
    setLanguage: (id, language) =>
      database.global(async (tx) => {
        await tx.query({ text: 'update session set language = $2 where id = $1', values: [id, language] });
      }),
    ofAccount: (account, now) =>
      database.global((tx) =>
        tx.query<OwnSession>({
          text: `select id, provider, means, browser, system, created_at as "createdAt", seen_at as "seenAt", ends_at as "endsAt"
                 from session
                 where account_id = $1 and ends_at > $2 and seen_at + idle_minutes * interval '1 minute' > $2
                 order by seen_at desc limit $3`,
          values: [account, now, mostPerAccount],
        }),
      ),
    endOther: ({ account, session }) =>
      ended('delete from session where account_id = $1 and id = $2 returning id', [account, session]),
    endOthers: ({ account, except }) =>
      ended('delete from session where account_id = $1 and id <> $2 returning id', [account, except]),
    end: (id) => ended('delete from session where id = $1 returning id', [id]),
    endOfAccount: (account) => ended('delete from session where account_id = $1 returning id', [account]),
    endAtProvider: ({ issuer, providers, sub, sid }) =>
      ended(
        `delete from session s using account a
         where a.id = s.account_id and a.issuer = $1 and s.provider = any($2)
           and ($3::text is null or a.sub = $3) and ($4::text is null or s.provider_session = $4)
           and coalesce($3, $4) is not null
         returning s.id`,
        [issuer, providers, sub ?? null, sid ?? null],
      ),
  };
}

async function insert(tx: Tx, session: NewSession): Promise<Id[]> {
  await tx.query({
    text: `delete from session where id in (select id from session where ends_at < $1 limit 100)`,
    values: [session.createdAt],
  });
  await tx.query({
    text: `insert into session (id, token_hash, account_id, provider, provider_session, municipality_id, person_id, role_id,
             language, auth_time, created_at, seen_at, idle_minutes, ends_at, browser, system, means)
           values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)`,
    values: [
      session.id,
      session.secretHash,
      session.account,
      session.provider,
      session.providerSession,
      session.municipality,
      session.person,
      session.roleId,
      session.language,
      session.authTime,
      session.createdAt,
      session.seenAt,
      session.idleMinutes,
      session.endsAt,
      session.browser,
      session.system,
      session.means,
    ],
  });
  const ended = await tx.query<{ id: Id }>({
    text: `delete from session where id in (
             select id from session where account_id = $1 order by created_at desc, id desc offset $2) returning id`,
    values: [session.account, mostPerAccount],
  });
  return ended.map(({ id }) => id);
}

async function renew(tx: Tx, id: Id, { secretHash, role, authTime }: Renewal): Promise<SessionRow | undefined> {
  const [row] = await tx.query<SessionRow>({
    text: `update session set token_hash = $2, municipality_id = coalesce($3, municipality_id),
             person_id = coalesce($4, person_id), role_id = coalesce($5, role_id), auth_time = coalesce($6, auth_time)
           where id = $1 returning ${columns}`,
    values: [id, secretHash, role?.municipality ?? null, role?.person ?? null, role?.roleId ?? null, authTime ?? null],
  });
  return row;
}
