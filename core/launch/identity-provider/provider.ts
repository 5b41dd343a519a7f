import { generateKeyPairSync, randomBytes } from 'node:crypto';
import Provider, { type OidcContext } from 'oidc-provider';
import {
  clientIds,
  strengths,
  type IdentityProviderConfiguration,
  type SignInKind,
  type TestPerson,
} from './configuration.ts';
import { showProviderError, showSignedOut, showSignOutQuestion } from './plain-pages.ts';
import { memoryAdapters } from './memory-adapter.ts';
import type { People } from './people.ts';

/** An OpenID provider with demonstration persons. It asks at every sign-in and never for consent. */
export function createProvider(issuer: string, configuration: IdentityProviderConfiguration, people: People): Provider {
  // Copies on other ports of this host share the browser's cookies.
  const cookie = `test_idp_${new URL(issuer).port}`;
  const provider = new Provider(issuer, {
    adapter: memoryAdapters(Date.now),
    clients: (Object.keys(clientIds) as SignInKind[]).map((kind) => client(kind, configuration)),
    jwks: { keys: [signingKey()] },
    cookies: {
      keys: [randomBytes(32).toString('base64url')],
      names: { session: cookie, interaction: `${cookie}_sign_in`, resume: `${cookie}_resume` },
    },
    claims: { openid: ['sub'], profile: claimNames(configuration.people) },
    conformIdTokenClaims: false,
    acrValues: [...new Set(Object.values(strengths))],
    extraParams: ['municipality'],
    scopes: ['openid', 'profile'],
    pkce: { required: () => true },
    features: {
      devInteractions: { enabled: false },
      backchannelLogout: { enabled: true },
      rpInitiatedLogout: { enabled: true, logoutSource: showSignOutQuestion, postLogoutSuccessSource: showSignedOut },
      userinfo: { enabled: true },
    },
    interactions: { url: (_ctx: unknown, { uid }: { uid: string }) => `/sign-in/${uid}` },
    renderError: showProviderError,
    findAccount: async (_ctx: unknown, sub: string) => account(await people.bySub(sub)),
    loadExistingGrant: grantEverything,
    enabledJWA: { idTokenSigningAlgValues: ['ES256'] },
    ttl: { Interaction: 3600, Session: 3600, Grant: 3600, AccessToken: 600, IdToken: 600, AuthorizationCode: 60 },
  });
  provider.use(forgetSession(cookie));
  return provider;
}

function client(kind: SignInKind, { coreOrigin, clientSecret }: IdentityProviderConfiguration) {
  return {
    client_id: clientIds[kind],
    client_secret: clientSecret,
    redirect_uris: [new URL('/auth/callback', coreOrigin).href],
    post_logout_redirect_uris: [new URL('/', coreOrigin).href],
    backchannel_logout_uri: new URL('/auth/back-channel-logout', coreOrigin).href,
    backchannel_logout_session_required: true,
    grant_types: ['authorization_code'],
    response_types: ['code'],
    id_token_signed_response_alg: 'ES256',
    require_auth_time: true,
  };
}

/** Made anew at each start: an elliptic key takes a millisecond. */
function signingKey() {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  return { ...privateKey.export({ format: 'jwk' }), use: 'sig', alg: 'ES256', kid: randomBytes(8).toString('hex') };
}

function claimNames(people: readonly TestPerson[]): string[] {
  const names = new Set(people.flatMap(({ claims }) => Object.keys(claims)));
  return [...names, 'municipality_code'];
}

function account(person: TestPerson | undefined) {
  if (!person) return undefined;
  const { sub, claims, municipality, kind } = person;
  const place = kind === 'staff' ? { municipality_code: municipality } : {};
  return { accountId: sub, claims: async () => ({ ...place, ...claims, sub }) };
}

async function grantEverything({ oidc: { client, session, provider } }: OidcContext) {
  const grant = new provider.Grant({ accountId: session.accountId, clientId: client.clientId });
  grant.addOIDCScope('openid profile');
  await grant.save();
  return grant;
}

/** A sign-in starts as if nobody had signed in before, so that the next demonstration person is one click away. */
function forgetSession(cookie: string): Parameters<Provider['use']>[0] {
  const kept = new RegExp(`(^|;\\s*)${cookie}(\\.[a-z.]+)?=[^;]*`, 'g');
  return async (ctx, next) => {
    if (ctx.path === '/auth' && ctx.req.headers.cookie) {
      ctx.req.headers.cookie = ctx.req.headers.cookie.replaceAll(kept, '');
      ctx.append('set-cookie', `${cookie}=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0`);
    }
    await next();
  };
}
