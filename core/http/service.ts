import Koa, { type Context, type Middleware } from 'koa';
import Router from '@koa/router';
import type { Server } from 'node:http';
import { refuse, type Clock, type Log } from '../kernel/index.ts';
import { describeApi, type ApiTitle } from './openapi.ts';
import { sendProblem } from './problem.ts';
import type { Caller, Route } from './route.ts';
import { createChecks } from './schema-check.ts';
import { newTrace, spine } from './spine.ts';

export interface ServiceOptions<Actor extends Caller> {
  name: string;
  routes: readonly Route<Actor>[];
  /** Who is calling; undefined when nobody is signed in. */
  authenticate(ctx: Context): Promise<Actor | undefined>;
  log: Log;
  clock: Clock;
  openapi: ApiTitle;
  /** Bytes of a JSON body, default 1 MB. */
  bodyLimit?: number;
  /** Throws when the service can't serve; asked by /healthz. */
  health?(): Promise<void>;
  /** Runs after the routes, for pages that are no API. */
  pages?: Middleware;
}

/** A running server that ends its open connections when it closes. */
export interface Listening extends AsyncDisposable {
  server: Server;
  port: number;
}

export interface Service {
  app: Koa;
  listen(port: number, host?: string): Promise<Listening>;
}

export function createService<Actor extends Caller>(options: ServiceOptions<Actor>): Service {
  const app = new Koa();
  app.silent = true;
  app.use(traced(options.log));
  app.use(securityHeaders);
  const router = new Router({ strict: false });
  router.get('/healthz', healthz(options.health));
  let description: string | undefined;
  router.get('/openapi.json', async (ctx) => {
    description ??= JSON.stringify(describeApi(options.routes, options.openapi));
    ctx.type = 'application/json';
    ctx.body = description;
  });
  addRoutes(router, options);
  app.use(router.routes());
  if (options.pages) app.use(options.pages);
  app.use(async (ctx) => refuse('not-found', `There is nothing at ${ctx.method} ${ctx.path.slice(0, 200)}.`));
  return { app, listen: (port, host = '127.0.0.1') => listen(app, port, host) };
}

function addRoutes<Actor extends Caller>(router: Router, options: ServiceOptions<Actor>): void {
  const { authenticate, clock, bodyLimit = 1_000_000 } = options;
  const checks = createChecks();
  for (const route of options.routes) {
    const middleware = spine(route, { authenticate, clock, checks, bodyLimit });
    router.register(route.path, [route.method], middleware);
  }
}

function traced(log: Log): Middleware {
  return async (ctx, next) => {
    const trace = newTrace();
    ctx.state['trace'] = trace;
    ctx.state['log'] = log.child({ trace });
    ctx.set('x-trace', trace);
    try {
      await next();
    } catch (error) {
      sendProblem(ctx, error, { trace, log: ctx.state['log'] as Log });
    }
  };
}

const securityHeaders: Middleware = async (ctx, next) => {
  ctx.set({
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'x-frame-options': 'DENY',
    'cross-origin-opener-policy': 'same-origin',
    'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  });
  await next();
};

function healthz(health: ServiceOptions<Caller>['health']): Middleware {
  return async (ctx) => {
    try {
      await health?.();
    } catch (error) {
      refuse('unavailable', 'This service is not ready.', { cause: error });
    }
    ctx.body = { ok: true };
  };
}

async function listen(app: Koa, port: number, host: string): Promise<Listening> {
  const server = app.listen(port, host);
  await new Promise<void>((resolve, reject) => server.once('listening', resolve).once('error', reject));
  server.requestTimeout = 60_000;
  server.headersTimeout = 10_000;
  // Longer than clients and proxies keep theirs: a request never meets a connection that is just being closed here.
  server.keepAliveTimeout = 75_000;
  const address = server.address();
  return {
    server,
    port: typeof address === 'object' && address ? address.port : port,
    async [Symbol.asyncDispose]() {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeIdleConnections();
      const force = setTimeout(() => server.closeAllConnections(), 2_000);
      await closed;
      clearTimeout(force);
    },
  };
}
