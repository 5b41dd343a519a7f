import { createHmac, randomUUID } from 'node:crypto';
import { Type, type Static, type TSchema } from 'typebox';
import { Value } from 'typebox/value';
import { refuse, type Clock } from '../kernel/index.ts';
import { boundedFetch, type Fetch } from './bounded-fetch.ts';
import type { MandateSettings } from './settings.ts';

/** Suomi.fi authorisations, Web API for acting on behalf of a person (hpa). */
export interface MandateClient {
  /** Opens a session for the person who has just been identified strongly. */
  register(nationalId: string): Promise<{ sessionId: string; userId: string }>;
  /** Where the browser chooses for whom to act. */
  address(userId: string, language: string): URL;
  redeem(code: string): Promise<AccessToken>;
  /** Whom the person may act for. */
  delegates(session: OpenSession): Promise<{ personId: string; name: string }[]>;
  isAllowed(session: OpenSession, principal: string): Promise<boolean>;
}

export type AccessToken = string;

export interface OpenSession {
  sessionId: string;
  accessToken: AccessToken;
}

export interface MandateClientOptions extends MandateSettings {
  redirectUri: string;
  fetch: Fetch;
  clock: Clock;
}

const limits = { timeoutMs: 5_000, maxBytes: 256 * 1024 };
const text = Type.String({ minLength: 1, maxLength: 255 });
const Registered = Type.Object({ sessionId: text, userId: text });
const Token = Type.Object({ access_token: Type.String({ minLength: 1, maxLength: 4000 }) });
const Delegates = Type.Array(Type.Object({ personId: text, name: Type.String() }), { maxItems: 100 });
const Answer = Type.Object({ result: Type.Union([Type.Literal('ALLOWED'), Type.Literal('DISALLOWED')]) });

/** `{clientId} {time} {HMAC}` over the path with its query, exactly as sent; the service accepts it for five minutes. */
export function mandateSignature(
  path: string,
  time: string,
  signer: Pick<MandateSettings, 'clientId' | 'apiKey'>,
): string {
  return `${signer.clientId} ${time} ${createHmac('sha256', signer.apiKey).update(`${path} ${time}`).digest('base64')}`;
}

export function createMandateClient(options: MandateClientOptions): MandateClient {
  const { origin, clientId, redirectUri, issue } = options;
  const ask = asker(options);
  const requestId = () => `requestId=${randomUUID()}`;
  return {
    register: (nationalId) =>
      ask(Registered, `/service/hpa/user/register/${clientId}/${encodeURIComponent(nationalId)}?${requestId()}`),
    address(userId, lang) {
      const url = new URL('/oauth/authorize', origin);
      url.search = new URLSearchParams({
        client_id: clientId,
        response_type: 'code',
        redirect_uri: redirectUri,
        user: userId,
        lang,
      }).toString();
      return url;
    },
    redeem: (code) => redeem(code, options),
    delegates: ({ sessionId, accessToken }) =>
      ask(Delegates, `/service/hpa/api/delegate/${encodeURIComponent(sessionId)}?${requestId()}`, accessToken),
    async isAllowed({ sessionId, accessToken }, principal) {
      const about = `${encodeURIComponent(sessionId)}/${encodeURIComponent(principal)}`;
      const matter = issue ? `&issue=${encodeURIComponent(issue)}` : '';
      const path = `/service/hpa/api/authorization/${about}?${requestId()}${matter}`;
      return (await ask(Answer, path, accessToken)).result === 'ALLOWED';
    },
  };
}

function asker({ origin, clientId, apiKey, fetch, clock }: MandateClientOptions) {
  const bounded = boundedFetch(fetch, limits);
  return async <S extends TSchema>(schema: S, path: string, token?: AccessToken): Promise<Static<S>> => {
    const signature = mandateSignature(path, clock.now().toISOString(), { clientId, apiKey });
    const headers = {
      'x-asiointivaltuudetauthorization': signature,
      ...(token && { authorization: `Bearer ${token}` }),
    };
    return checked(schema, await bounded(origin + path, { headers }));
  };
}

async function redeem(code: string, { origin, clientId, oauthPassword, redirectUri, fetch }: MandateClientOptions) {
  const url = new URL('/oauth/token', origin);
  url.search = new URLSearchParams({ grant_type: 'authorization_code', redirect_uri: redirectUri, code }).toString();
  const authorization = `Basic ${Buffer.from(`${clientId}:${oauthPassword}`).toString('base64')}`;
  const response = await boundedFetch(fetch, limits)(url, { method: 'POST', headers: { authorization } });
  return (await checked(Token, response)).access_token;
}

/** The address holds a personal identity code: no error repeats it. */
async function checked<S extends TSchema>(schema: S, response: Response): Promise<Static<S>> {
  const answer: unknown = response.ok ? await response.json() : undefined;
  if (!Value.Check(schema, answer))
    refuse('unavailable', 'Suomi.fi authorisations could not be asked now. Try again in a moment.', {
      detail: `mandates: status ${response.status}`,
    });
  return answer;
}
