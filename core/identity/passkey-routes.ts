import type { AuthenticationResponseJSON, RegistrationResponseJSON } from '@simplewebauthn/server';
import { Type } from 'typebox';
import { defineRoute, type Route } from '../http/index.ts';
import { refuse } from '../kernel/index.ts';
import type { Actor } from './actor.ts';
import {
  addPasskey,
  askForNewPasskey,
  askForPasskey,
  mayHavePasskeys,
  signInWithPasskey,
  type PasskeysDeps,
} from './passkeys.ts';

const Base64Url = Type.String({ pattern: '^[A-Za-z0-9_-]+$', maxLength: 16_000 });
const Id = Type.String({ pattern: '^[A-Za-z0-9_-]+$', maxLength: 1400 });
/** WebAuthn Level 3 §5.1 in its JSON form; what we don't read passes unread. */
const Credential = <R extends object>() =>
  Type.Unsafe<R>(
    Type.Object({
      id: Id,
      rawId: Id,
      type: Type.Literal('public-key'),
      response: Type.Record(
        Type.String(),
        Type.Union([Base64Url, Type.Array(Type.String()), Type.Null(), Type.Number()]),
      ),
      clientExtensionResults: Type.Object({}),
    }),
  );
const Options = Type.Object(
  { challenge: Type.String() },
  { description: 'Options for navigator.credentials, in JSON' },
);
const PasskeyView = Type.Object({
  id: Type.String(),
  name: Type.String(),
  createdAt: Type.String(),
  usedAt: Type.Union([Type.String(), Type.Null()]),
});

export function passkeyRoutes(deps: PasskeysDeps): Route<Actor>[] {
  return [...ownPasskeyRoutes(deps), ...passkeySignInRoutes(deps)];
}

function ownPasskeyRoutes(deps: PasskeysDeps): Route<Actor>[] {
  const route = defineRoute<Actor>();
  return [
    route({
      method: 'GET',
      path: '/api/passkeys',
      summary: 'Your passkeys',
      access: mayHavePasskeys,
      responses: { 200: Type.Object({ items: Type.Array(PasskeyView) }) },
      async handle({ actor }) {
        const known = await deps.store.ofAccount(actor.account);
        const items = known.map(({ id, name, createdAt, usedAt }) => ({
          id,
          name,
          createdAt: createdAt.toISOString(),
          usedAt: usedAt?.toISOString() ?? null,
        }));
        return { body: { items } };
      },
    }),
    route({
      method: 'POST',
      path: '/api/passkeys/options',
      summary: 'Begins to add a passkey',
      access: mayHavePasskeys,
      freshSignIn: true,
      responses: { 200: Options },
      errors: ['conflict'],
      handle: async ({ ctx, actor }) => ({ body: await askForNewPasskey(ctx, actor, deps) }),
    }),
    route({
      method: 'POST',
      path: '/api/passkeys',
      summary: 'Adds the passkey that the browser made',
      access: mayHavePasskeys,
      freshSignIn: true,
      body: Type.Object({
        name: Type.String({ minLength: 1, maxLength: 100 }),
        response: Credential<RegistrationResponseJSON>(),
      }),
      responses: { 204: Type.Null() },
      errors: ['sign-in-failed', 'conflict'],
      async handle({ ctx, actor, body }) {
        await addPasskey(ctx, { actor, ...body }, deps);
        return { status: 204 };
      },
    }),
    route({
      method: 'POST',
      path: '/api/passkeys/:id/remove',
      summary: 'Removes one of your passkeys',
      access: mayHavePasskeys,
      freshSignIn: true,
      params: Type.Object({ id: Id }),
      responses: { 204: Type.Null() },
      errors: ['not-found'],
      async handle({ actor, params }) {
        if (!(await deps.store.remove(params.id, actor.account))) refuse('not-found', 'You have no such passkey.');
        return { status: 204 };
      },
    }),
  ];
}

function passkeySignInRoutes(deps: PasskeysDeps): Route<Actor>[] {
  const route = defineRoute<Actor>();
  return [
    route({
      method: 'POST',
      path: '/api/sign-in/passkey/options',
      summary: 'Begins to sign in with a passkey',
      access: 'public',
      responses: { 200: Options },
      errors: ['rate-limited'],
      handle: async ({ ctx }) => ({ body: await askForPasskey(ctx, deps) }),
    }),
    route({
      method: 'POST',
      path: '/api/sign-in/passkey',
      summary: 'Signs in with a passkey',
      access: 'public',
      body: Type.Object({ response: Credential<AuthenticationResponseJSON>() }),
      responses: { 204: Type.Null() },
      errors: ['sign-in-failed', 'not-allowed'],
      async handle({ ctx, body }) {
        await signInWithPasskey(ctx, body.response, deps);
        return { status: 204 };
      },
    }),
  ];
}
