import type { Context, Middleware } from 'koa';
import { randomBytes, timingSafeEqual } from 'node:crypto';
import { isLanguage, refuse, type Clock, type Language, type Log } from '../kernel/index.ts';
import { readJson } from './read-body.ts';
import type { Caller, Reply, Route } from './route.ts';
import { sayError, type createChecks } from './schema-check.ts';

export interface SpineOptions<Actor> {
  authenticate(ctx: Context): Promise<Actor | undefined>;
  checks: ReturnType<typeof createChecks>;
  clock: Clock;
  bodyLimit: number;
}

const freshMilliseconds = 5 * 60_000;
const writes = new Set(['POST', 'PUT', 'PATCH', 'DELETE']);

/** A number that the answer and the log share. */
export function newTrace(): string {
  return randomBytes(8).toString('hex');
}

/** The way of each request: authenticate → authorise → anti-forgery → parse → validate → handle → check output → send. */
export function spine<Actor extends Caller>(route: Route<Actor>, options: SpineOptions<Actor>): Middleware {
  const validate = compileInput(route, options);
  const checkAnswer = compileAnswers(route, options);
  return async (ctx) => {
    const actor = await options.authenticate(ctx);
    authorise(route, actor, options.clock);
    if (actor) checkForgery(ctx, actor);
    const body = await bodyOf(route, ctx, options.bodyLimit);
    const input = validate(ctx, body);
    const { trace, log } = ctx.state as { trace: string; log: Log };
    const language = languageOf(ctx, actor);
    const request = { ...input, actor: actor as Actor, language, log, trace, ctx };
    const reply = await route.handle(request as Parameters<typeof route.handle>[0]);
    checkAnswer(reply);
    send(ctx, reply);
  };
}

function authorise<Actor extends Caller>(route: Route<Actor>, actor: Actor | undefined, clock: Clock): void {
  if (route.access === 'public') return;
  if (!actor) refuse('not-signed-in', 'Sign in first: there is no session, or it has ended.');
  if (actor.readOnly && !route.whileReadOnly) checkReadOnly(route);
  if (typeof route.access === 'function' && !route.access(actor))
    refuse(
      'not-allowed',
      'Your present role does not allow this. Switch role, or ask the administrator of your municipality.',
    );
  const age = clock.now().getTime() - (actor.authTime?.getTime() ?? 0);
  if (route.freshSignIn && age > freshMilliseconds)
    refuse('fresh-sign-in-needed', 'This needs a sign-in of at most five minutes ago. Sign in again; nothing is lost.');
}

/** The one place that keeps a caller who may only look from everything else: every write, and all that names no role. */
function checkReadOnly<Actor>({ method, access }: Route<Actor>): void {
  if (writes.has(method))
    refuse('read-only', 'You may look here and change nothing. Leave the visit, or ask the municipality to do it.');
  if (access === 'session') refuse('not-allowed', 'This is not a part of your visit.');
}

/** Only callers with a session carry a token; bearer callers can't be forged by a page. */
function checkForgery(ctx: Context, actor: Caller): void {
  if (!writes.has(ctx.method) || actor.csrf === undefined) return;
  const given = Buffer.from(ctx.get('x-csrf-token'));
  const wanted = Buffer.from(actor.csrf);
  if (given.length !== wanted.length || !timingSafeEqual(given, wanted))
    refuse('csrf-failed', 'The header x-csrf-token is missing or of another session. Reload the page and try again.');
}

async function bodyOf<Actor>(route: Route<Actor>, ctx: Context, limit: number): Promise<unknown> {
  if (!writes.has(ctx.method) || route.bodyKind === 'raw') return undefined;
  return readJson(ctx.req, limit);
}

function compileInput<Actor>(route: Route<Actor>, { checks }: SpineOptions<Actor>) {
  const params = route.params && checks.text(route.params, 'The address');
  const query = route.query && checks.text(route.query, 'The query');
  const body = route.body && checks.body(route.body);
  return (ctx: Context, given: unknown) => ({
    params: params?.({ ...(ctx['params'] as object) }),
    query: query?.({ ...ctx.query }),
    body: body?.(given),
  });
}

function compileAnswers<Actor>(route: Route<Actor>, { checks }: SpineOptions<Actor>) {
  const validators = new Map(
    Object.entries(route.responses).map(([status, schema]) => [Number(status), checks.answer(schema)]),
  );
  return ({ status = 200, body, stream, redirect }: Reply): void => {
    if (stream || redirect || body === undefined) return;
    const validate = validators.get(status)?.();
    if (!validate)
      refuse('response-invalid', 'unexpected', { detail: `${route.method} ${route.path} has no answer ${status}` });
    if (!validate(body))
      refuse('response-invalid', 'unexpected', {
        detail: `${route.method} ${route.path}: ${sayError(validate.errors?.[0])}`,
      });
  };
}

function languageOf(ctx: Context, actor: Caller | undefined): Language {
  const asked = ctx.query['language'];
  if (isLanguage(asked)) return asked;
  return actor?.language ?? ((ctx.acceptsLanguages(['fi', 'sv', 'en']) || 'fi') as Language);
}

function send(ctx: Context, { status = 200, body, headers = {}, stream, redirect }: Reply): void {
  if (ctx.respond === false) return;
  ctx.set({ 'cache-control': 'no-store', ...headers });
  if (redirect) {
    ctx.redirect(redirect);
    return;
  }
  ctx.status = body === undefined && !stream && status === 200 ? 204 : status;
  if (stream) ctx.body = stream;
  else if (body !== undefined) {
    ctx.body = JSON.stringify(body);
    ctx.type = headers['content-type'] ?? 'application/json';
  }
}
