import { createHmac, randomBytes } from 'node:crypto';
import type { AuthenticationResponseJSON, RegistrationResponseJSON } from '@simplewebauthn/server';
import type { Context } from 'koa';
import { refuse, type Clock } from '../kernel/index.ts';
import type { AccountStore } from './account-store.ts';
import type { Actor, RoleName } from './actor.ts';
import { hashSecret } from './attempt-secrets.ts';
import type { SecretCookie } from './cookies.ts';
import type { Passkey, PasskeyStore } from './passkey-store.ts';
import { firstRole, rolesOpenedBy, type LiveRole } from './roles.ts';
import type { RoleStore } from './role-store.ts';
import type { Sessions } from './sessions.ts';
import type { ProviderSettings } from './settings.ts';
import type { StartLimit } from './start-limit.ts';

export interface PasskeysDeps {
  store: PasskeyStore;
  accounts: AccountStore;
  roles: RoleStore;
  sessions: Sessions;
  cookie: SecretCookie;
  publicOrigin: string;
  mayStart: StartLimit;
  providers: ReadonlyMap<string, ProviderSettings>;
  clock: Clock;
}

/** Roles that decide for many people: the ones for whom a stolen password would cost most. */
const passkeyRoles: readonly RoleName[] = [
  'siteAdministrator',
  'reviewer',
  'dataProtectionOfficer',
  'vendor',
  'support',
];
const maxPasskeys = 10;
const questionMinutes = 5;
/** ES256 and RS256, which every authenticator has. */
const algorithms = [-7, -257];

/** Loaded by the first who uses a passkey: few do, and every start would pay for it. */
const webauthn = () => import('@simplewebauthn/server');

export function mayHavePasskeys({ role }: Actor): boolean {
  return passkeyRoles.includes(role);
}

/** Asks the browser to make a passkey. */
export async function askForNewPasskey(ctx: Context, actor: Actor, deps: PasskeysDeps) {
  const known = await deps.store.ofAccount(actor.account);
  if (known.length >= maxPasskeys)
    refuse('conflict', `An account has ${maxPasskeys} passkeys at most. Remove one first.`);
  return (await webauthn()).generateRegistrationOptions({
    ...party(deps),
    rpName: 'DigiOne',
    userName: actor.name,
    userID: Uint8Array.from(Buffer.from(actor.account)),
    challenge: await newQuestion(ctx, actor.account, deps),
    attestationType: 'none',
    excludeCredentials: known.map(({ id }) => ({ id })),
    authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
    supportedAlgorithmIDs: algorithms,
  });
}

export interface NewPasskey {
  name: string;
  response: RegistrationResponseJSON;
}

export async function addPasskey(
  ctx: Context,
  { actor, ...made }: NewPasskey & { actor: Actor },
  deps: PasskeysDeps,
): Promise<void> {
  const { challenge, account } = await takeQuestion(ctx, deps);
  if (account !== actor.account) refuseAnswer('the question was for another account');
  const { verified, registrationInfo } = await (await webauthn())
    .verifyRegistrationResponse({
      ...expected(deps, challenge),
      response: made.response,
      supportedAlgorithmIDs: algorithms,
    })
    .catch(refuseAnswer);
  if (!verified) refuseAnswer('not verified');
  const { id, publicKey, counter } = registrationInfo.credential;
  const session = await deps.sessions.find(ctx);
  const passkey = {
    id,
    account: actor.account,
    provider: session!.row.provider,
    municipality: actor.municipality.code,
    name: made.name,
    publicKey: Buffer.from(publicKey),
    counter,
    createdAt: deps.clock.now(),
    usedAt: null,
  };
  if (!(await deps.store.add(passkey))) refuse('conflict', 'This passkey is known already.');
}

/** Asks the browser for any passkey that it has for us; who it is comes with the answer. */
export async function askForPasskey(ctx: Context, deps: PasskeysDeps) {
  if (!deps.mayStart(ctx.ip))
    refuse('rate-limited', 'Too many sign-ins were started from your network. Wait a minute and try again.');
  const challenge = await newQuestion(ctx, null, deps);
  return (await webauthn()).generateAuthenticationOptions({
    ...party(deps),
    challenge,
    userVerification: 'required',
    allowCredentials: [],
  });
}

/** Opens a session as the provider of the first sign-in would, with the roles that the roster knows today. */
export async function signInWithPasskey(
  ctx: Context,
  response: AuthenticationResponseJSON,
  deps: PasskeysDeps,
): Promise<void> {
  const { challenge, account } = await takeQuestion(ctx, deps);
  if (account !== null) refuseAnswer('the question was for a new passkey');
  const passkey = (await deps.store.find(response.id)) ?? refuseAnswer('unknown passkey');
  const credential = { id: passkey.id, publicKey: Uint8Array.from(passkey.publicKey), counter: passkey.counter };
  const { verified, authenticationInfo } = await (await webauthn())
    .verifyAuthenticationResponse({
      ...expected(deps, challenge),
      response,
      credential,
    })
    .catch(refuseAnswer);
  if (!verified) refuseAnswer('not verified');
  const now = deps.clock.now();
  const role =
    (await roleFor(passkey, deps)) ??
    refuse('not-allowed', 'You hold no role today. Ask the main user of your municipality.');
  await deps.store.used(passkey.id, { counter: authenticationInfo.newCounter, at: now });
  const { account: owner, provider } = passkey;
  await deps.sessions.open(ctx, {
    account: owner,
    provider,
    providerSession: null,
    authTime: now,
    role,
    shared: false,
    language: null,
    means: 'passkey',
  });
}

/** Only roles that may have passkeys, and only while the provider that vouched for the person is still accepted. */
async function roleFor(
  { account, provider, municipality }: Passkey,
  deps: PasskeysDeps,
): Promise<LiveRole | undefined> {
  const settings = deps.providers.get(provider);
  if (!settings) return undefined;
  const among = rolesOpenedBy[settings.kind].filter((role) => passkeyRoles.includes(role));
  const persons = await deps.accounts.persons(account);
  const roles = (await Promise.all(persons.map((person) => deps.roles.rolesOf(person, among)))).flat();
  return firstRole(roles, municipality);
}

async function newQuestion(ctx: Context, account: string | null, { store, cookie, clock }: PasskeysDeps) {
  const secret = randomBytes(32).toString('base64url');
  const now = clock.now();
  await store.ask(hashSecret(secret), account, { now, endsAt: new Date(now.getTime() + questionMinutes * 60_000) });
  cookie.write(ctx, secret, questionMinutes * 60);
  return Uint8Array.from(challengeOf(secret));
}

/** A question is used up by its first answer, right or wrong. */
async function takeQuestion(ctx: Context, { store, cookie, clock }: PasskeysDeps) {
  const secret = cookie.read(ctx);
  const question = secret && (await store.takeQuestion(hashSecret(secret), clock.now()));
  cookie.clear(ctx);
  if (!secret || !question) return refuseAnswer('no question');
  return { challenge: challengeOf(secret).toString('base64url'), account: question.account };
}

function challengeOf(secret: string): Buffer {
  return createHmac('sha256', secret).update('passkey').digest();
}

function party({ publicOrigin }: PasskeysDeps) {
  return { rpID: new URL(publicOrigin).hostname };
}

function expected(deps: PasskeysDeps, expectedChallenge: string) {
  const { rpID: expectedRPID } = party(deps);
  return { expectedChallenge, expectedOrigin: deps.publicOrigin, expectedRPID, requireUserVerification: true };
}

function refuseAnswer(cause: unknown): never {
  return refuse('sign-in-failed', 'The passkey was not accepted. Try again, or sign in with your account.', {
    detail: `passkey: ${cause instanceof Error ? cause.message : String(cause)}`,
  });
}
