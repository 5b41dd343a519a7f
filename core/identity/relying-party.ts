import * as openid from 'openid-client';
import type { Clock } from '../kernel/index.ts';
import { idToken, logoutToken, verifyToken, type Claims, type KeySource, type UsedTokens } from '../tokens/index.ts';
import type { AttemptSecrets } from './attempt-secrets.ts';
import { boundedFetch, type Fetch, type FetchLimits } from './bounded-fetch.ts';
import { remoteKeys } from './remote-keys.ts';
import type { ProviderSettings } from './settings.ts';

/** Our side of the conversation with one provider. */
export interface RelyingParty {
  /** Where to send the browser. */
  address(secrets: AttemptSecrets, wish: { fresh: boolean; language: string }): Promise<URL>;
  /** What the provider says about whoever came back, all checks passed. */
  redeem(callback: URL, secrets: AttemptSecrets, wish: { fresh: boolean }): Promise<Claims>;
  /** Claims of a back-channel logout token. */
  readLogout(token: string, used: UsedTokens): Promise<Claims>;
  /** Where the browser signs out at the provider too. */
  signOutAddress(returnTo: string): Promise<URL | undefined>;
}

export interface RelyingPartyOptions {
  settings: ProviderSettings;
  redirectUri: string;
  clock: Clock;
  fetch: Fetch;
  /** What one answer of the provider may cost. */
  limits?: FetchLimits | undefined;
}

/** Seconds since the person proved who they are, for acts that ask for a fresh sign-in. */
export const freshSeconds = 300;

const usualLimits: FetchLimits = { timeoutMs: 5_000, maxBytes: 256 * 1024 };
const discoveryLastsMs = 3600_000;

interface Discovered {
  config: openid.Configuration;
  keys: KeySource;
}

export function createRelyingParty(options: RelyingPartyOptions): RelyingParty {
  const { settings, redirectUri, clock } = options;
  const discovered = cachedDiscovery(options);
  const check = { issuer: settings.issuer, audience: settings.clientId, clock };
  return {
    async address(secrets, wish) {
      const { config } = await discovered();
      const challenge = await openid.calculatePKCECodeChallenge(secrets.codeVerifier);
      return openid.buildAuthorizationUrl(config, parameters({ settings, redirectUri, secrets, challenge, wish }));
    },
    async redeem(callback, secrets, { fresh }) {
      const { config, keys } = await discovered();
      const answer = await openid.authorizationCodeGrant(config, callback, {
        pkceCodeVerifier: secrets.codeVerifier,
        expectedState: secrets.state,
        expectedNonce: secrets.nonce,
        idTokenExpected: true,
        ...(fresh && { maxAge: freshSeconds }),
      });
      const claims = await verifyToken(answer.id_token ?? '', { ...check, kind: idToken, keys });
      checkStrength(claims, settings);
      return claims;
    },
    async readLogout(token, used) {
      const { keys } = await discovered();
      return verifyToken(token, { ...check, kind: logoutToken, keys, used });
    },
    async signOutAddress(returnTo) {
      if (!settings.signOutAtProvider) return undefined;
      const { config } = await discovered();
      if (!config.serverMetadata().end_session_endpoint) return undefined;
      return openid.buildEndSessionUrl(config, { post_logout_redirect_uri: returnTo });
    },
  };
}

interface AddressParts {
  settings: ProviderSettings;
  redirectUri: string;
  secrets: AttemptSecrets;
  challenge: string;
  wish: { fresh: boolean; language: string };
}

function parameters({ settings, redirectUri, secrets, challenge, wish }: AddressParts): Record<string, string> {
  return {
    ...settings.parameters,
    redirect_uri: redirectUri,
    scope: 'openid profile',
    state: secrets.state,
    nonce: secrets.nonce,
    code_challenge: challenge,
    code_challenge_method: 'S256',
    ui_locales: wish.language,
    ...(settings.acrValues && { acr_values: settings.acrValues.join(' ') }),
    ...(wish.fresh && { prompt: 'login', max_age: String(freshSeconds) }),
  };
}

function checkStrength({ acr }: Claims, { acrValues }: ProviderSettings): void {
  if (acrValues && !acrValues.includes(acr as string))
    throw new Error('The provider identified the person less strongly than this municipality asks for.');
}

/** One discovery at a time, kept for an hour; a failed one is not kept. */
function cachedDiscovery(options: RelyingPartyOptions): () => Promise<Discovered> {
  let kept: { at: number; found: Promise<Discovered> } | undefined;
  return () => {
    const now = options.clock.now().getTime();
    if (kept && now - kept.at < discoveryLastsMs) return kept.found;
    const found = discover(options);
    const mine = { at: now, found };
    kept = mine;
    found.catch(() => {
      if (kept === mine) kept = undefined;
    });
    return found;
  };
}

async function discover({ settings, clock, fetch, limits = usualLimits }: RelyingPartyOptions): Promise<Discovered> {
  const issuer = new URL(settings.issuer);
  const bounded = boundedFetch(fetch, limits);
  const config = await openid.discovery(
    issuer,
    settings.clientId,
    { client_secret: settings.clientSecret, [openid.clockTolerance]: 30 },
    openid.ClientSecretBasic(settings.clientSecret),
    {
      [openid.customFetch]: bounded as openid.CustomFetch,
      // Plain http for the loopback address alone: the demonstration and the tests.
      execute: isLoopback(issuer) ? [openid.allowInsecureRequests] : [],
      timeout: limits.timeoutMs / 1000,
    },
  );
  const jwksUri = checkEndpoints(config, settings);
  return { config, keys: remoteKeys({ address: jwksUri, fetch: bounded, clock }) };
}

function isLoopback({ protocol, hostname }: URL): boolean {
  return protocol === 'http:' && ['127.0.0.1', '[::1]', 'localhost'].includes(hostname);
}

/** Discovery is pinned: whatever it answers, secrets and codes go only to origins that the settings name. */
function checkEndpoints(config: openid.Configuration, { issuer, endpointOrigins = [] }: ProviderSettings): URL {
  const allowed = new Set([new URL(issuer).origin, ...endpointOrigins]);
  const { authorization_endpoint, token_endpoint, jwks_uri, end_session_endpoint } = config.serverMetadata();
  for (const endpoint of [authorization_endpoint, token_endpoint, jwks_uri, end_session_endpoint ?? issuer])
    if (!endpoint || !allowed.has(URL.parse(endpoint)?.origin ?? ''))
      throw new Error(`Discovery of ${issuer} names an endpoint on another origin than the settings allow.`);
  return new URL(jwks_uri!);
}
