import { Refusal, refuse } from '../kernel/index.ts';
import { openToken, refuseToken, type UsedTokens } from '../tokens/index.ts';
import type { RelyingParty } from './relying-party.ts';
import type { Sessions } from './sessions.ts';
import type { ProviderSettings } from './settings.ts';

const logoutEvent = 'http://schemas.openid.net/event/backchannel-logout';

export interface BackChannelLogoutDeps {
  providers: ReadonlyMap<string, ProviderSettings>;
  relyingParties: ReadonlyMap<string, RelyingParty>;
  used: UsedTokens;
  sessions: Sessions;
}

/** OpenID Connect Back-Channel Logout §2.5–2.8: the provider says, server to server, that a sign-in is over. */
export async function endByProvider(form: Buffer, deps: BackChannelLogoutDeps): Promise<void> {
  const token = new URLSearchParams(form.toString('utf8')).get('logout_token');
  if (!token) refuse('invalid', 'The body must be a form with a logout_token.');
  const provider = providerOf(token, deps);
  const claims = await verified(deps.relyingParties.get(provider.id)!, token, deps.used);
  const { sub, sid } = claims;
  if (typeof sub !== 'string' && typeof sid !== 'string') refuseToken('claim-missing');
  if (!isLogout(claims['events'])) refuseToken('claim-shape');
  await deps.sessions.endAtProvider({
    issuer: provider.issuer,
    providers: sameProvider(provider, deps).map(({ id }) => id),
    ...(typeof sub === 'string' && { sub }),
    ...(typeof sid === 'string' && { sid }),
  });
}

/** Unchecked claims choose only whose keys must have signed the token. */
function providerOf(token: string, { providers }: BackChannelLogoutDeps): ProviderSettings {
  const { iss, aud } = openToken(token).claims;
  const client = Array.isArray(aud) ? aud[0] : aud;
  const issued = [...providers.values()].filter(({ issuer }) => issuer === iss);
  return issued.find(({ clientId }) => clientId === client) ?? refuseToken(issued.length ? 'audience' : 'issuer');
}

/** Municipalities may share one registration at a provider. */
function sameProvider(
  { issuer, clientId }: ProviderSettings,
  { providers }: BackChannelLogoutDeps,
): ProviderSettings[] {
  return [...providers.values()].filter((other) => other.issuer === issuer && other.clientId === clientId);
}

async function verified(party: RelyingParty, token: string, used: UsedTokens) {
  try {
    return await party.readLogout(token, used);
  } catch (error) {
    if (error instanceof Refusal) throw error;
    return refuse('unavailable', 'The keys of the identity provider can not be read now. Send the token again.', {
      cause: error,
    });
  }
}

function isLogout(events: unknown): boolean {
  const event = (events as Record<string, unknown> | null)?.[logoutEvent];
  return typeof event === 'object' && event !== null && !Array.isArray(event);
}
