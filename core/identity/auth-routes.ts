import type { Context } from 'koa';
import { Type } from 'typebox';
import { defineRoute, readBytes, type Reply, type Route } from '../http/index.ts';
import type { Language } from '../kernel/index.ts';
import type { Actor } from './actor.ts';
import { endByProvider, type BackChannelLogoutDeps } from './back-channel-logout.ts';
import { finishMandates, type MandatesDeps } from './mandates.ts';
import { underPublicName } from './public-name.ts';
import { LanguageName } from './session-schemas.ts';
import { finishSignIn, startFreshSignIn, startSignIn, type SignInDeps, type SignInStep } from './sign-in.ts';
import { showNotice } from './sign-in-notice.ts';

const StartQuery = Type.Object({
  municipality: Type.Optional(Type.String({ pattern: '^[0-9]{3}$' })),
  provider: Type.Optional(Type.String({ maxLength: 100 })),
  returnTo: Type.Optional(Type.String({ maxLength: 2000 })),
  language: Type.Optional(LanguageName),
  shared: Type.Optional(Type.Literal('1')),
  fresh: Type.Optional(Type.Literal('1')),
});

const Page = Type.String({ description: 'An HTML page that tells the person what happened and what to do' });
const SignedOut = Type.Object({ next: Type.String({ description: 'Where the browser goes now' }) });
const maxLogoutForm = 16 * 1024;

export type AuthRoutesDeps = SignInDeps & BackChannelLogoutDeps;

export function authRoutes(deps: AuthRoutesDeps): Route<Actor>[] {
  return [...signInRoutes(deps), ...signOutRoutes(deps)];
}

function signInRoutes(deps: SignInDeps): Route<Actor>[] {
  const route = defineRoute<Actor>();
  const pages = { 400: Page, 403: Page, 404: Page, 429: Page, 503: Page };
  return [
    route({
      method: 'GET',
      path: '/auth/sign-in',
      summary: 'Leads the browser to the identity provider; with fresh=1 to prove anew who is signed in',
      access: 'public',
      query: StartQuery,
      responses: { 302: Type.Null(), ...pages },
      async handle({ ctx, query, language }) {
        const elsewhere = underPublicName(ctx, deps.settings.publicOrigin);
        if (elsewhere) return { redirect: elsewhere };
        const { municipality = '', provider = '', returnTo, fresh, shared } = query;
        const wish = { municipality, provider, returnTo, shared: shared === '1', language: query.language ?? null };
        const step = fresh ? await startFreshSignIn(ctx, returnTo, deps) : await startSignIn(ctx, wish, deps);
        return reply(ctx, step, language);
      },
    }),
    route({
      method: 'GET',
      path: '/auth/callback',
      summary: 'Where the identity provider sends the browser back to',
      access: 'public',
      responses: { 302: Type.Null(), ...pages },
      async handle({ ctx, log, language }) {
        const step = await finishSignIn(ctx, log, deps);
        return reply(ctx, step, language);
      },
    }),
    ...(deps.mandates ? [mandateRoute(deps.mandates)] : []),
  ];
}

function mandateRoute(mandates: MandatesDeps): Route<Actor> {
  return defineRoute<Actor>()({
    method: 'GET',
    path: '/auth/mandates',
    summary: 'Where Suomi.fi authorisations sends a guardian back to',
    access: 'public',
    responses: { 302: Type.Null() },
    handle: async ({ ctx, log }) => ({ redirect: await finishMandates(ctx, log, mandates) }),
  });
}

function reply(ctx: Context, step: SignInStep, language: Language): Reply {
  return 'redirect' in step ? { redirect: step.redirect } : showNotice(ctx, step.end, step.language ?? language);
}

function signOutRoutes(deps: AuthRoutesDeps): Route<Actor>[] {
  const route = defineRoute<Actor>();
  const { sessions } = deps;
  return [
    route({
      method: 'POST',
      path: '/auth/sign-out',
      summary: 'Ends this session',
      access: 'session',
      whileReadOnly: true,
      responses: { 200: SignedOut },
      async handle({ ctx, actor }) {
        const found = await sessions.find(ctx);
        await sessions.end(ctx, actor.session);
        const party = found && deps.relyingParties.get(found.row.provider);
        const address = await party?.signOutAddress(`${deps.settings.publicOrigin}/`);
        return { body: { next: address?.href ?? '/' } };
      },
    }),
    route({
      method: 'POST',
      path: '/auth/sign-out-everywhere',
      summary: 'Ends every session of the account, on every device',
      access: 'session',
      whileReadOnly: true,
      responses: { 200: SignedOut },
      async handle({ ctx, actor }) {
        await sessions.endEverywhere(ctx, actor.account);
        return { body: { next: '/' } };
      },
    }),
    route({
      method: 'POST',
      path: '/auth/back-channel-logout',
      summary: 'An identity provider ends the sessions of one of its sign-ins',
      access: 'public',
      bodyKind: 'raw',
      responses: { 204: Type.Null() },
      errors: ['token-refused', 'invalid', 'unavailable'],
      async handle({ ctx }) {
        await endByProvider(await readBytes(ctx.req, maxLogoutForm), deps);
        return { status: 204 };
      },
    }),
  ];
}
