import { createHmac, randomUUID, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { TestMandate } from './configuration.ts';

/** A stand-in for the Web API of Suomi.fi authorisations, strict where the real one is. */
export interface MandateStandInOptions {
  clientId: string;
  apiKey: string;
  oauthPassword: string;
  redirectUri: string;
  /** Whom a person (by personal identity code) may act for. */
  mandatesOf(nationalId: string): Promise<readonly TestMandate[]>;
  now(): Date;
}

interface Registered {
  nationalId: string;
  userId: string;
  token?: string;
}

type State = { options: MandateStandInOptions; sessions: Map<string, Registered>; codes: Map<string, string> };

const mostKept = 1_000;

/** Whether the stand-in answers this path; nothing of OpenID Connect lies there. */
export function isMandatePath(path: string): boolean {
  return path.startsWith('/oauth/') || path.startsWith('/service/hpa/');
}

/** Answers requests to the paths of `isMandatePath`. */
export function mandateStandIn(
  options: MandateStandInOptions,
): (request: IncomingMessage, response: ServerResponse) => Promise<void> {
  const state: State = { options, sessions: new Map(), codes: new Map() };
  return async (request, response) => {
    const url = new URL(request.url ?? '/', 'http://localhost');
    const [status, body] = await answer(request, url, state);
    if (status === 302) return void response.writeHead(302, { location: body as string }).end();
    send(response, status, body);
  };
}

type Answer = [status: number, body: unknown];

async function answer(request: IncomingMessage, url: URL, state: State): Promise<Answer> {
  const [, area, , action] = url.pathname.split('/');
  if (url.pathname === '/oauth/authorize') return authorize(url, state);
  if (url.pathname === '/oauth/token' && request.method === 'POST') return redeem(request, url, state);
  if (area !== 'service') return [404, { error: 'unknown' }];
  if (!isSigned(request, state.options)) return [401, { error: 'signature' }];
  if (action === 'user') return register(url, state);
  return action === 'api' ? ask(request, url, state) : [404, { error: 'unknown' }];
}

/** Refused beyond five minutes, and for another path than the one asked. */
function isSigned({ headers, url }: IncomingMessage, { clientId, apiKey, now }: MandateStandInOptions): boolean {
  const [client, time = '', given = ''] = String(headers['x-asiointivaltuudetauthorization'] ?? '').split(' ');
  const wanted = createHmac('sha256', apiKey).update(`${url} ${time}`).digest();
  const received = Buffer.from(given, 'base64');
  const isNow = Math.abs(now().getTime() - Date.parse(time)) <= 5 * 60_000;
  return client === clientId && isNow && received.length === wanted.length && timingSafeEqual(received, wanted);
}

function register(url: URL, { options, sessions }: State): Answer {
  const [client, nationalId] = url.pathname.split('/').slice(-2).map(decodeURIComponent);
  if (client !== options.clientId || !nationalId || !url.searchParams.get('requestId'))
    return [400, { error: 'request' }];
  const [sessionId, userId] = [randomUUID(), randomUUID()];
  keep(sessions, sessionId, { nationalId, userId });
  return [200, { sessionId, userId }];
}

function authorize({ searchParams }: URL, { options, sessions, codes }: State): Answer {
  const session = [...sessions].find(([, { userId }]) => userId === searchParams.get('user'))?.[0];
  if (searchParams.get('redirect_uri') !== options.redirectUri || !session) return [400, { error: 'request' }];
  const code = randomUUID();
  keep(codes, code, session);
  return [302, `${options.redirectUri}?${new URLSearchParams({ code })}`];
}

function redeem({ headers }: IncomingMessage, { searchParams }: URL, { options, sessions, codes }: State): Answer {
  const basic = `Basic ${Buffer.from(`${options.clientId}:${options.oauthPassword}`).toString('base64')}`;
  const code = searchParams.get('code') ?? '';
  const session = sessions.get(codes.get(code) ?? '');
  codes.delete(code);
  if (headers.authorization !== basic || !session || searchParams.get('redirect_uri') !== options.redirectUri)
    return [401, { error: 'invalid_grant' }];
  session.token = randomUUID();
  return [200, { access_token: session.token, token_type: 'bearer', expires_in: 600 }];
}

async function ask({ headers }: IncomingMessage, { pathname }: URL, { options, sessions }: State): Promise<Answer> {
  const [what, sessionId = '', principal] = pathname.split('/').slice(4).map(decodeURIComponent);
  const session = sessions.get(sessionId);
  if (!session?.token || headers.authorization !== `Bearer ${session.token}`) return [401, { error: 'session' }];
  const mandates = await options.mandatesOf(session.nationalId);
  if (what === 'delegate') return [200, mandates.map(({ personId, name }) => ({ personId, name }))];
  const allowed = mandates.some(({ personId, allowed }) => personId === principal && allowed);
  return [200, { result: allowed ? 'ALLOWED' : 'DISALLOWED' }];
}

/** The oldest makes room. */
function keep<V>(kept: Map<string, V>, key: string, value: V): void {
  kept.set(key, value);
  if (kept.size > mostKept) kept.delete(kept.keys().next().value!);
}

function send(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}
