import { randomBytes } from 'node:crypto';
import type { Context } from 'koa';
import { newId, refuse, type Clock, type Id, type Language } from '../kernel/index.ts';
import type { AccountStore } from './account-store.ts';
import type { Actor } from './actor.ts';
import { csrfOf, hashSecret } from './attempt-secrets.ts';
import type { SecretCookie } from './cookies.ts';
import { deviceOf, type Device } from './device.ts';
import { activeAmong, rolesOpenedBy, type LiveRole } from './roles.ts';
import type { RoleStore } from './role-store.ts';
import type { Renewal, SessionRow, SessionStore } from './session-store.ts';
import { sessionTimes, type ProviderSettings } from './settings.ts';

const minute = 60_000;
/** Idle times are minutes: noting each request would write on every read. */
const seenEvery = minute;

export interface SessionsDeps {
  store: SessionStore;
  roles: RoleStore;
  accounts: AccountStore;
  cookie: SecretCookie;
  clock: Clock;
  providers: ReadonlyMap<string, ProviderSettings>;
  /** Tells every node that sessions ended, for their live connections. */
  announceEnd(sessions: readonly Id[]): Promise<void>;
}

/** What the identity provider has vouched for when a session opens. */
export interface SignedIn {
  account: Id;
  provider: string;
  providerSession: string | null;
  authTime: Date;
  role: LiveRole;
  shared: boolean;
  language: Language | null;
  means: 'provider' | 'passkey';
}

/** A session found by the browser's cookie. */
export interface FoundSession {
  row: SessionRow;
  csrf: string;
}

export type Sessions = ReturnType<typeof createSessions>;

export function createSessions(deps: SessionsDeps) {
  const { store, cookie, clock } = deps;
  return {
    async open(ctx: Context, signedIn: SignedIn): Promise<Id> {
      const previous = await find(ctx, deps);
      if (previous) await store.end(previous.row.id);
      const secret = newSecret();
      const session = newSession(signedIn, { secret, now: clock.now(), device: deviceOf(ctx.get('user-agent')) });
      await deps.announceEnd(await store.open(session));
      writeCookie(ctx, secret, deps);
      return session.id;
    },
    find: (ctx: Context) => find(ctx, deps),
    actor: (found: FoundSession) => actorOf(found, deps),
    rolesOf: (row: SessionRow) => rolesOf(row, deps),
    /** A new proof of who it is: same session, new secret. */
    prove: (ctx: Context, id: Id, authTime: Date) => renew(ctx, id, { authTime }, deps),
    /** Continues in one of the roles that the account holds today. */
    async switchRole(ctx: Context, roleId: string): Promise<FoundSession> {
      const found = (await find(ctx, deps)) ?? refuseEnded();
      const role = (await rolesOf(found.row, deps)).find((candidate) => candidate.roleId === roleId);
      if (!role) refuse('not-found', 'You do not hold that role today. Reload the page to see your roles.');
      return renew(ctx, found.row.id, { role: activeRole(role) }, deps);
    },
    setLanguage: (id: Id, language: Language) => store.setLanguage(id, language),
    ofAccount: store.ofAccount,
    /** True when there was such a session of that account. */
    async endOther(which: { account: Id; session: Id }): Promise<boolean> {
      const ended = await store.endOther(which);
      await deps.announceEnd(ended);
      return ended.length > 0;
    },
    async endOthers(which: { account: Id; except: Id }): Promise<void> {
      await deps.announceEnd(await store.endOthers(which));
    },
    async end(ctx: Context, id: Id): Promise<void> {
      cookie.clear(ctx);
      await deps.announceEnd(await store.end(id));
    },
    async endEverywhere(ctx: Context, account: Id): Promise<void> {
      cookie.clear(ctx);
      await deps.announceEnd(await store.endOfAccount(account));
    },
    async endAtProvider(ended: Parameters<SessionStore['endAtProvider']>[0]): Promise<void> {
      await deps.announceEnd(await store.endAtProvider(ended));
    },
  };
}

/** 256 bits; the rule asks for 128. */
function newSecret(): string {
  return randomBytes(32).toString('base64url');
}

function writeCookie(ctx: Context, secret: string, { cookie }: SessionsDeps): void {
  cookie.write(ctx, secret, sessionTimes.absolute * 60);
}

async function renew(
  ctx: Context,
  id: Id,
  change: Omit<Renewal, 'secretHash'>,
  deps: SessionsDeps,
): Promise<FoundSession> {
  const secret = newSecret();
  const row = (await deps.store.renew(id, { ...change, secretHash: hashSecret(secret) })) ?? refuseEnded();
  writeCookie(ctx, secret, deps);
  return { row, csrf: csrfOf(secret) };
}

function refuseEnded(): never {
  return refuse('not-signed-in', 'Sign in first: there is no session, or it has ended.');
}

function activeRole({ municipality, person, roleId, visit }: LiveRole) {
  return { municipality: visit?.home ?? municipality.id, person, roleId };
}

interface Opening {
  secret: string;
  now: Date;
  device: Device;
}

function newSession(signedIn: SignedIn, { secret, now, device }: Opening) {
  const { account, provider, providerSession, authTime, role, shared, means } = signedIn;
  return {
    ...activeRole(role),
    ...device,
    means,
    id: newId(),
    secretHash: hashSecret(secret),
    account,
    provider,
    providerSession,
    language: signedIn.language ?? role.language,
    authTime,
    createdAt: now,
    seenAt: now,
    idleMinutes: shared ? sessionTimes.idleShared : sessionTimes.idle,
    endsAt: new Date(now.getTime() + sessionTimes.absolute * minute),
  };
}

async function find(
  ctx: Context,
  { store, cookie, clock, announceEnd }: SessionsDeps,
): Promise<FoundSession | undefined> {
  const secret = cookie.read(ctx);
  const row = secret && (await store.find(hashSecret(secret)));
  if (!secret || !row) return undefined;
  const now = clock.now();
  const idle = now.getTime() - row.seenAt.getTime();
  if (now >= row.endsAt || idle >= row.idleMinutes * minute) {
    await announceEnd(await store.end(row.id));
    return undefined;
  }
  if (idle >= seenEvery) await store.seen(row.id, now);
  return { row, csrf: csrfOf(secret) };
}

/** The role is looked up anew: one that ended this morning opens nothing now. */
async function actorOf({ row, csrf }: FoundSession, deps: SessionsDeps): Promise<Actor | undefined> {
  const { municipality, person, roleId } = row;
  const live = await deps.roles.rolesOf({ municipality, person }, openedBy(row, deps));
  const role = activeAmong(live, roleId);
  return (
    role && {
      account: row.account,
      session: row.id,
      csrf,
      authTime: row.authTime,
      language: row.language,
      municipality: role.municipality,
      person,
      name: role.personName,
      role: role.role,
      ...(role.school && { school: role.school }),
      ...(role.visit && { visit: { id: role.visit.id, endsAt: role.visit.endsAt }, readOnly: true as const }),
      roleId: role.roleId,
    }
  );
}

async function rolesOf(row: SessionRow, deps: SessionsDeps): Promise<LiveRole[]> {
  const persons = await deps.accounts.persons(row.account);
  const among = openedBy(row, deps);
  return (await Promise.all(persons.map((person) => deps.roles.rolesOf(person, among)))).flat();
}

/** A provider that was taken out of the settings opens nothing any more. */
function openedBy({ provider }: SessionRow, { providers }: SessionsDeps) {
  const kind = providers.get(provider)?.kind;
  return kind ? rolesOpenedBy[kind] : [];
}
