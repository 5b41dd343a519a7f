import { Type } from 'typebox';
import { defineRoute, type Route } from '../http/index.ts';
import type { Clock } from '../kernel/index.ts';
import type { Actor } from './actor.ts';
import { LanguageName, SessionView, SignInOptions } from './session-schemas.ts';
import { viewSession } from './session-view.ts';
import type { Sessions } from './sessions.ts';

export interface SessionRoutesDeps {
  sessions: Sessions;
  clock: Clock;
  signInOptions(): Promise<SignInOptions>;
}

export function sessionRoutes({ sessions, clock, signInOptions }: SessionRoutesDeps): Route<Actor>[] {
  const route = defineRoute<Actor>();
  return [
    route({
      method: 'GET',
      path: '/api/session',
      summary: 'Who is signed in, in which role, and which other roles there are',
      access: 'public',
      responses: { 200: SessionView },
      handle: async ({ ctx, language }) => ({
        body: await viewSession(await sessions.find(ctx), language, { sessions, clock }),
      }),
    }),
    route({
      method: 'GET',
      path: '/api/sign-in/options',
      summary: 'Municipalities and the ways to sign in to each',
      access: 'public',
      responses: { 200: SignInOptions },
      handle: async () => ({ body: await signInOptions() }),
    }),
    route({
      method: 'POST',
      path: '/api/session/role',
      summary: 'Continue in another of your roles',
      access: 'session',
      whileReadOnly: true,
      body: Type.Object({ roleId: Type.String({ minLength: 1, maxLength: 100 }) }, { additionalProperties: false }),
      responses: { 200: SessionView },
      errors: ['not-found'],
      handle: async ({ ctx, body, language }) => {
        const found = await sessions.switchRole(ctx, body.roleId);
        return { body: await viewSession(found, language, { sessions, clock }) };
      },
    }),
    route({
      method: 'POST',
      path: '/api/session/language',
      summary: 'Choose the language of the session',
      access: 'session',
      whileReadOnly: true,
      body: Type.Object({ language: LanguageName }, { additionalProperties: false }),
      responses: { 204: Type.Null() },
      handle: async ({ actor, body }) => {
        await sessions.setLanguage(actor.session, body.language);
        return { status: 204 };
      },
    }),
  ];
}
