import { Type } from 'typebox';
import { defineRoute, type Route } from '../http/index.ts';
import { refuse, type Clock } from '../kernel/index.ts';
import type { Actor } from './actor.ts';
import { viewSignIn } from './own-sign-ins.ts';
import type { Sessions } from './sessions.ts';
import type { ProviderSettings } from './settings.ts';

export interface OwnSignInDeps {
  sessions: Sessions;
  providers: ReadonlyMap<string, ProviderSettings>;
  clock: Clock;
}

const OwnSignInView = Type.Object({
  id: Type.String(),
  current: Type.Boolean(),
  kind: Type.Enum(['mpassid', 'suomifi', 'staff', 'vendor', 'passkey', 'other']),
  device: Type.Object({
    browser: Type.Enum(['chrome', 'edge', 'firefox', 'safari', 'other']),
    system: Type.Enum(['android', 'chromeos', 'ios', 'linux', 'macos', 'windows', 'other']),
  }),
  signedInAt: Type.String(),
  seenAt: Type.String(),
  endsAt: Type.String(),
});

/** A person's own sign-ins on all devices: to look at and to end. */
export function ownSignInRoutes({ sessions, providers, clock }: OwnSignInDeps): Route<Actor>[] {
  const route = defineRoute<Actor>();
  return [
    route({
      method: 'GET',
      path: '/api/session/sign-ins',
      summary: 'Where you are signed in, the latest use first',
      access: 'session',
      whileReadOnly: true,
      responses: { 200: Type.Object({ items: Type.Array(OwnSignInView) }) },
      async handle({ actor }) {
        const own = await sessions.ofAccount(actor.account, clock.now());
        return { body: { items: own.map((one) => viewSignIn(one, { current: actor.session, providers })) } };
      },
    }),
    route({
      method: 'POST',
      path: '/api/session/sign-ins/:id/end',
      summary: 'Ends one of your other sign-ins',
      access: 'session',
      whileReadOnly: true,
      params: Type.Object({ id: Type.String({ pattern: '^[0-9a-f-]{36}$' }) }),
      responses: { 204: Type.Null() },
      errors: ['not-found'],
      async handle({ actor, params }) {
        const { account, session } = actor;
        if (params.id === session || !(await sessions.endOther({ account, session: params.id })))
          refuse('not-found', 'You have no such other sign-in. It may have ended already.');
        return { status: 204 };
      },
    }),
    route({
      method: 'POST',
      path: '/auth/sign-out-others',
      summary: 'Ends your sign-ins on all other devices and stays signed in here',
      access: 'session',
      whileReadOnly: true,
      responses: { 204: Type.Null() },
      async handle({ actor }) {
        await sessions.endOthers({ account: actor.account, except: actor.session });
        return { status: 204 };
      },
    }),
  ];
}
