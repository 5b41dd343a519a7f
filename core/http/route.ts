import type { Context } from 'koa';
import type { Readable } from 'node:stream';
import type { Static, TSchema } from 'typebox';
import type { Language, Log, RefusalCode } from '../kernel/index.ts';

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** What every signed-in caller has, whatever the service. */
export interface Caller {
  /** Anti-forgery token of the session; undefined for callers that come with a bearer token, which no browser sends by itself. */
  csrf?: string | undefined;
  /** When the person last proved who they are. */
  authTime?: Date;
  language?: Language;
  /** May look and change nothing. */
  readOnly?: true;
}

type Checked<S extends TSchema | undefined> = S extends TSchema ? Static<S> : undefined;

/** A request after the spine: parsed, authenticated, authorised, validated. */
export interface RouteRequest<Actor, P, Q, B> {
  params: P;
  query: Q;
  body: B;
  /** Present on every route that is not public; on public ones when the caller happens to be signed in. */
  actor: Actor;
  language: Language;
  log: Log;
  trace: string;
  ctx: Context;
}

export interface Reply {
  /** Default 200. */
  status?: number;
  body?: unknown;
  headers?: Record<string, string>;
  stream?: Readable | Buffer;
  redirect?: string;
}

export interface RouteDefinition<
  Actor,
  P extends TSchema | undefined,
  Q extends TSchema | undefined,
  B extends TSchema | undefined,
> {
  method: Method;
  /** Koa router path, `/api/schools/:school`. */
  path: string;
  summary: string;
  /** `public`, any signed-in caller, or a check of the caller (return false or refuse). */
  access: 'public' | 'session' | ((actor: Actor) => boolean);
  params?: P;
  query?: Q;
  body?: B;
  /** Schema per status; a JSON body is checked against it before it leaves. */
  responses: Record<number, TSchema>;
  /** Refusals of its own, for the API description. */
  errors?: readonly RefusalCode[];
  /** The act needs a sign-in of at most five minutes ago. */
  freshSignIn?: boolean;
  /** Concerns nothing but the caller's own session or stay: open to callers who may change nothing. */
  whileReadOnly?: boolean;
  /** `raw`: the body is left unread for the route (bundle upload); `stream`: the answer is no JSON. */
  bodyKind?: 'json' | 'raw';
  handle(request: RouteRequest<Actor, Checked<P>, Checked<Q>, Checked<B>>): Promise<Reply>;
}

/** A defined route, its schemas no longer in the type so that routes of all shapes fit one list. */
export type Route<Actor> = Omit<
  RouteDefinition<Actor, TSchema | undefined, TSchema | undefined, TSchema | undefined>,
  'handle'
> & { handle(request: RouteRequest<Actor, never, never, never>): Promise<Reply> };

/**
 * Types a route from its schemas.
 * @example defineRoute<Actor>()({ method: 'GET', path: '/api/schools', access: 'session', summary: '…', responses: { 200: Schools }, handle: async ({ actor }) => ({ body: … }) })
 */
export function defineRoute<Actor>() {
  return <
    P extends TSchema | undefined = undefined,
    Q extends TSchema | undefined = undefined,
    B extends TSchema | undefined = undefined,
  >(
    definition: RouteDefinition<Actor, P, Q, B>,
  ): Route<Actor> => definition as Route<Actor>;
}
