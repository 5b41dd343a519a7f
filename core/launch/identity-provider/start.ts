import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type Provider from 'oidc-provider';
import type { Listening } from '../../http/index.ts';
import { kindOfClient, pageLanguage, strengths, type IdentityProviderConfiguration } from './configuration.ts';
import { policy } from './page-style.ts';
import { isMandatePath, mandateStandIn } from './mandate-stand-in.ts';
import { createPeople, type Directory, type People } from './people.ts';
import { createProvider } from './provider.ts';
import { renderSignInPage, type WrongUsername } from './sign-in-page.ts';

const maxForm = 10_000;

export interface RunningIdentityProvider extends Listening {
  issuer: string;
}

/** Listens first, since the issuer's name contains the port. */
export async function startIdentityProvider(
  configuration: IdentityProviderConfiguration,
  directory?: () => Promise<Directory>,
): Promise<RunningIdentityProvider> {
  const { host, port } = configuration;
  const server = createServer();
  // Longer than the core keeps its connections: a token request never meets one that is just being closed.
  server.keepAliveTimeout = 75_000;
  server.listen(port, host);
  await new Promise<void>((resolve, reject) => server.once('listening', resolve).once('error', reject));
  const address = server.address() as { port: number };
  const issuer = configuration.issuer ?? `http://${host}:${address.port}`;
  const people = createPeople(configuration, directory);
  const provider = createProvider(issuer, configuration, people);
  const parts = {
    provider,
    configuration,
    people,
    standard: provider.callback(),
    mandates: mandates(configuration, people),
  };
  server.on('request', (request, response) => {
    answer(request, response, parts).catch((error: unknown) => fail(response, error));
  });
  return {
    server,
    port: address.port,
    issuer,
    async [Symbol.asyncDispose]() {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
    },
  };
}

interface Parts {
  provider: Provider;
  configuration: IdentityProviderConfiguration;
  people: People;
  standard: (request: IncomingMessage, response: ServerResponse) => void;
  mandates: ReturnType<typeof mandateStandIn> | undefined;
}

function mandates({ mandates: service, coreOrigin }: IdentityProviderConfiguration, { mandatesOf }: People) {
  const redirectUri = new URL('/auth/mandates', coreOrigin).href;
  return service && mandateStandIn({ ...service, redirectUri, mandatesOf, now: () => new Date() });
}

async function answer(request: IncomingMessage, response: ServerResponse, parts: Parts): Promise<void> {
  const url = new URL(request.url ?? '/', 'http://localhost');
  if (url.pathname === '/healthz')
    return void response.setHeader('content-type', 'application/json').end('{"ok":true}');
  if (parts.mandates && isMandatePath(url.pathname)) return parts.mandates(request, response);
  if (!url.pathname.startsWith('/sign-in/')) return parts.standard(request, response);
  return request.method === 'POST'
    ? choose(url, { request, response }, parts)
    : showPage(url, { request, response }, parts);
}

interface Exchange {
  request: IncomingMessage;
  response: ServerResponse;
}

async function showPage(
  url: URL,
  { request, response }: Exchange,
  { provider, configuration, people }: Parts,
  wrong?: WrongUsername,
): Promise<void> {
  const { params } = await provider.interactionDetails(request, response);
  const search = (url.searchParams.get('q') ?? '').trim().slice(0, 100);
  const html = renderSignInPage({
    language: pageLanguage(`${url.searchParams.get('language')} ${params['ui_locales']}`),
    kind: kindOfClient(params['client_id']) ?? 'staff',
    municipality: params['municipality'],
    search,
    municipalities: configuration.municipalities,
    people: search ? await people.search(search) : people.named,
    wrong,
  });
  response.statusCode = wrong ? 400 : 200;
  response.setHeader('content-type', 'text/html; charset=utf-8');
  response.setHeader('content-security-policy', policy);
  response.setHeader('cache-control', 'no-store');
  response.end(html);
}

/** A click on a person or a known user name is the whole sign-in; only persons of the client's own kind can be chosen. */
async function choose(url: URL, exchange: Exchange, parts: Parts): Promise<void> {
  const { provider, people } = parts;
  const { request, response } = exchange;
  const { params } = await provider.interactionDetails(request, response);
  const form = await readForm(request);
  const kind = kindOfClient(params['client_id']);
  const typed = form.get('username')?.trim().slice(0, 100);
  const person = typed ? await people.byUsername(typed) : await people.bySub(form.get('sub') ?? '');
  if (typed !== undefined && !form.has('cancel') && (!person || person.kind !== kind))
    return showPage(url, exchange, parts, { typed, otherWay: person?.kind });
  const result =
    person && kind && person.kind === kind
      ? { login: { accountId: person.sub, acr: strengths[kind], amr: ['test'], remember: false } }
      : { error: 'access_denied', error_description: 'nobody was chosen' };
  await provider.interactionFinished(request, response, result);
}

/** By itself, so that this process starts without the core's web server. */
async function readForm(request: IncomingMessage): Promise<URLSearchParams> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > maxForm) throw new RangeError('the form is too large');
    chunks.push(chunk);
  }
  return new URLSearchParams(Buffer.concat(chunks).toString('utf8'));
}

/** Most often an interaction that is over: a page that was left open. */
function fail(response: ServerResponse, error: unknown): void {
  if (response.headersSent) return void response.end();
  const { status = 500, message } = error as { status?: number; message: string };
  response.statusCode = status;
  response.setHeader('content-type', 'text/plain; charset=utf-8');
  response.end(`The sign-in can not go on: ${message}. Go back to DigiOne and start again.`);
}
