import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { type Log, Refusal } from '../kernel/index.ts';
import type { RunningBundles } from '../marketplace/index.ts';
import { pageFileOf, typeOf } from './page-file.ts';
import { pageHeaders } from './page-headers.ts';

export interface PagesOptions {
  bundles: Pick<RunningBundles, 'open'>;
  /** The only origin that may frame a page. */
  portalOrigin: string;
  log: Log;
}

/** The origin of plugin pages: static files of verified bundles by digest, no cookies, no state, nothing else. */
export function createPagesServer({ bundles, portalOrigin, log }: PagesOptions): Server {
  const headers = pageHeaders(portalOrigin);
  const server = createServer((request, response) => {
    answer({ request, response }).catch((error: unknown) => {
      if (!(error instanceof Refusal)) log.error({ error }, 'a plugin page could not be served');
      end(response, error instanceof Refusal ? error.status : 500);
    });
  });
  server.headersTimeout = 10_000;
  server.requestTimeout = 10_000;
  server.maxHeadersCount = 50;
  return server;

  async function answer({ request, response }: { request: IncomingMessage; response: ServerResponse }): Promise<void> {
    if (request.method !== 'GET' && request.method !== 'HEAD') return end(response, 405);
    if (request.url === '/healthz') return end(response, 204);
    const file = pageFileOf((request.url ?? '').split('?', 1)[0] ?? '');
    const type = file && typeOf(file.path);
    if (!file || !type) return end(response, 404);
    const content = (await bundles.open(file.digest)).files.get(file.path);
    if (!content) return end(response, 404);
    const about = {
      'content-type': type,
      'content-length': content.length,
      'cache-control': 'public, max-age=31536000, immutable',
    };
    response.writeHead(200, { ...headers, ...about, etag: `"${file.digest.slice(0, 32)}"` });
    response.end(request.method === 'HEAD' ? undefined : content);
  }

  function end(response: ServerResponse, status: number): void {
    if (response.headersSent) return void response.destroy();
    response.writeHead(status, { ...headers, 'cache-control': 'no-store', 'content-length': 0 }).end();
  }
}
