import { randomBytes } from 'node:crypto';
import type { Context } from 'koa';
import type { Clock, Id, Language, Log } from '../kernel/index.ts';
import type { Claims } from '../tokens/index.ts';
import type { AccountStore } from './account-store.ts';
import { attemptSecrets, hashSecret } from './attempt-secrets.ts';
import type { AttemptStore, SignInAttempt } from './attempt-store.ts';
import type { SecretCookie } from './cookies.ts';
import { identifiersFrom, nationalIdOf, speaksFor } from './identifiers.ts';
import { startMandates, type MandatesDeps } from './mandates.ts';
import type { RelyingParty } from './relying-party.ts';
import { safeReturnTo } from './return-address.ts';
import { firstRole, rolesOpenedBy, type LiveRole } from './roles.ts';
import type { RoleStore } from './role-store.ts';
import type { Sessions } from './sessions.ts';
import { sessionTimes, type IdentitySettings, type ProviderSettings } from './settings.ts';
import { welcomeVendor } from './vendor-arrival.ts';
import type { VendorPersonStore } from './vendor-person-store.ts';
import type { SignInEnd } from './sign-in-notice.ts';
import type { StartLimit } from './start-limit.ts';

export interface SignInDeps {
  settings: IdentitySettings;
  providers: ReadonlyMap<string, ProviderSettings>;
  relyingParties: ReadonlyMap<string, RelyingParty>;
  attempts: AttemptStore;
  accounts: AccountStore;
  roles: RoleStore;
  sessions: Sessions;
  cookie: SecretCookie;
  clock: Clock;
  mandates: MandatesDeps | undefined;
  mayStart: StartLimit;
  vendorPersons: VendorPersonStore;
}

export interface SignInWish {
  municipality: string;
  provider: string;
  returnTo?: string | undefined;
  shared: boolean;
  language: Language | null;
}

/** Where the browser goes next, or why there is no session. */
export type SignInStep = { redirect: string } | { end: SignInEnd; language?: Language | null };

/** Sends the browser to the provider; all that binds the answer to this browser is in its cookie. */
export async function startSignIn(ctx: Context, wish: SignInWish, deps: SignInDeps): Promise<SignInStep> {
  const settings = deps.providers.get(wish.provider);
  if (!settings?.municipalities.includes(wish.municipality)) return { end: 'unknown-provider' };
  const { provider, municipality, shared, language } = wish;
  const returnTo = safeReturnTo(wish.returnTo, deps.settings.publicOrigin);
  return leave(ctx, { provider, municipality, returnTo, shared, language, session: null }, deps);
}

/** The same person proves anew who they are, for an act that asks for it; the session stays. */
export async function startFreshSignIn(
  ctx: Context,
  returnTo: string | undefined,
  deps: SignInDeps,
): Promise<SignInStep> {
  const found = await deps.sessions.find(ctx);
  const actor = found && (await deps.sessions.actor(found));
  if (!found || !actor) return { end: 'lost' };
  const attempt = {
    provider: found.row.provider,
    municipality: actor.municipality.code,
    returnTo: safeReturnTo(returnTo, deps.settings.publicOrigin),
    shared: false,
    language: actor.language,
    session: found.row.id,
  };
  return leave(ctx, attempt, deps);
}

async function leave(ctx: Context, attempt: SignInAttempt, deps: SignInDeps): Promise<SignInStep> {
  if (!deps.mayStart(ctx.ip)) return { end: 'too-many' };
  const secret = randomBytes(32).toString('base64url');
  const party = deps.relyingParties.get(attempt.provider)!;
  const wish = { fresh: attempt.session !== null, language: attempt.language ?? 'fi' };
  const address = await party.address(attemptSecrets(secret), wish).catch((cause) => {
    ctx.state['log'].warn(
      { provider: attempt.provider, cause: String(cause) },
      'the identity provider does not answer',
    );
  });
  if (!address) return { end: 'unavailable' };
  const now = deps.clock.now();
  const endsAt = new Date(now.getTime() + sessionTimes.signIn * 60_000);
  await deps.attempts.keep(hashSecret(secret), attempt, { now, endsAt });
  deps.cookie.write(ctx, secret, sessionTimes.signIn * 60);
  return { redirect: address.href };
}

/** The browser is back from the provider. An attempt is used up by its first answer, right or wrong. */
export async function finishSignIn(ctx: Context, log: Log, deps: SignInDeps): Promise<SignInStep> {
  const secret = deps.cookie.read(ctx);
  // Checked before the attempt is taken: an address that a stranger made up must not use it up.
  if (!secret || ctx.query['state'] !== attemptSecrets(secret).state) return { end: 'lost' };
  const attempt = await deps.attempts.take(hashSecret(secret), deps.clock.now());
  deps.cookie.clear(ctx);
  if (!attempt) return { end: 'lost' };
  return { language: attempt.language, ...(await arrive(ctx, { attempt, secret, log }, deps)) };
}

interface Arrival {
  attempt: SignInAttempt;
  secret: string;
  log: Log;
}

async function arrive(ctx: Context, arrival: Arrival, deps: SignInDeps): Promise<SignInStep> {
  const { attempt } = arrival;
  if (ctx.query['error'] === 'access_denied') return { end: 'cancelled' };
  const claims = await redeem(ctx, arrival, deps);
  if (!claims) return { end: 'failed' };
  return attempt.session ? confirm(ctx, { attempt, claims }, deps) : enter(ctx, { attempt, claims }, deps);
}

interface Answer {
  attempt: SignInAttempt;
  claims: Claims;
}

async function redeem(ctx: Context, { attempt, secret, log }: Arrival, deps: SignInDeps): Promise<Claims | undefined> {
  const party = deps.relyingParties.get(attempt.provider);
  if (!party) return undefined;
  const callback = new URL(ctx.path + ctx.search, deps.settings.publicOrigin);
  try {
    return await party.redeem(callback, attemptSecrets(secret), { fresh: attempt.session !== null });
  } catch (error) {
    // The answer is a stranger's: the person gets one calm page, the log the reason, never a code or token.
    log.warn({ provider: attempt.provider, reason: reasonOf(error) }, 'a sign-in was refused');
    return undefined;
  }
}

/** Errors of the network carry numbers as codes, ours and the library's carry words. */
function reasonOf(error: unknown): string {
  const { code, detail, message } = error as { code?: unknown; detail?: unknown; message?: unknown };
  return String(detail ?? (typeof code === 'string' ? code : message) ?? 'unknown').slice(0, 200);
}

/** Claims → identifiers → persons of the rosters → roles of today. Nothing that the claims say of roles counts. */
async function enter(ctx: Context, { attempt, claims }: Answer, deps: SignInDeps): Promise<SignInStep> {
  const settings = deps.providers.get(attempt.provider)!;
  const context = { nationalIdKey: deps.settings.nationalIdKey, municipality: attempt.municipality };
  if (settings.kind === 'vendor')
    await welcomeVendor(claims, { place: attempt.municipality, store: deps.vendorPersons, clock: deps.clock });
  const persons = await deps.accounts.find(identifiersFrom(settings.kind, claims, context));
  const vouched = { issuer: claims.iss, sub: claims['sub'] as string, at: deps.clock.now() };
  const within = speaksFor(settings.kind, attempt.municipality);
  const account = await deps.accounts.link({ ...vouched, within }, persons);
  const among = rolesOpenedBy[settings.kind];
  const roles = (await Promise.all(persons.map((person) => deps.roles.rolesOf(person, among)))).flat();
  const role = firstRole(roles, attempt.municipality);
  if (!role) return { end: 'no-role' };
  const session = await deps.sessions.open(ctx, signedIn({ attempt, claims, account, role, deps }));
  return { redirect: await viaMandates(ctx, { attempt, claims, session }, deps) };
}

/**
 * Where a guardian goes next: to Suomi.fi authorisations and then to the page they came for. A service that is down
 * delays nobody: what needs a mandate will say that it is missing.
 */
async function viaMandates(
  ctx: Context,
  { attempt, claims, session }: Answer & { session: Id },
  { mandates, providers }: SignInDeps,
): Promise<string> {
  const { provider, returnTo, language } = attempt;
  const nationalId = nationalIdOf(claims);
  if (!mandates || !nationalId || providers.get(provider)?.kind !== 'suomifi') return returnTo;
  const start = { nationalId, session, returnTo, language: language ?? 'fi' };
  return startMandates(ctx, start, mandates).catch((error: unknown) => {
    ctx.state['log'].warn({ reason: reasonOf(error) }, 'mandates unknown');
    return returnTo;
  });
}

interface Entering extends Answer {
  account: string;
  role: LiveRole;
  deps: SignInDeps;
}

function signedIn({ attempt, claims, account, role, deps }: Entering) {
  const { provider, shared, language } = attempt;
  const providerSession = typeof claims['sid'] === 'string' ? claims['sid'] : null;
  const authTime = authTimeOf(claims, deps);
  return { account, provider, providerSession, authTime, role, shared, language, means: 'provider' as const };
}

/** A provider that does not say when it saw the person gives no fresh sign-in by accident. */
function authTimeOf(claims: Claims, { clock }: SignInDeps): Date {
  const said = claims['auth_time'];
  return typeof said === 'number' ? new Date(Math.min(said * 1000, clock.now().getTime())) : new Date(0);
}

async function confirm(ctx: Context, { attempt, claims }: Answer, deps: SignInDeps): Promise<SignInStep> {
  const found = await deps.sessions.find(ctx);
  if (!found || found.row.id !== attempt.session) return { end: 'lost' };
  const sub = claims['sub'] as string;
  if (!(await deps.accounts.isSame(found.row.account, { issuer: claims.iss, sub }))) return { end: 'another-person' };
  const session = found.row.id;
  await deps.sessions.prove(ctx, session, authTimeOf(claims, deps));
  return { redirect: await viaMandates(ctx, { attempt, claims, session }, deps) };
}
