import { Type } from 'typebox';
import { defineRoute, type Route } from '../http/index.ts';
import type { Actor } from '../identity/index.ts';
import type { Consent } from './consent.ts';
import { ConsentList, ConsentOutcome, DecisionBody } from './schemas.ts';

const isFamily = ({ role }: Actor): boolean => role === 'guardian' || role === 'student';
const child = Type.Object({ child: Type.String({ pattern: '^(me|[0-9a-f-]{36})$' }) });

export function consentRoutes({ consent }: { consent: Consent }): Route<Actor>[] {
  return [
    defineRoute<Actor>()({
      method: 'GET',
      path: '/api/family/children/:child/consents',
      summary: 'What is asked about a learner, what was answered, and who may decide.',
      access: isFamily,
      params: child,
      responses: { 200: ConsentList },
      errors: ['not-found'],
      handle: async ({ actor, params, language }) => ({ body: await consent.forChild(actor, params.child, language) }),
    }),
    defineRoute<Actor>()({
      method: 'POST',
      path: '/api/family/children/:child/consents',
      summary: 'Give, refuse or withdraw a consent. In force for every read that starts after the answer.',
      access: isFamily,
      freshSignIn: true,
      params: child,
      body: DecisionBody,
      responses: { 200: ConsentOutcome },
      errors: ['not-found', 'not-allowed', 'notice-changed', 'mandate-denied', 'mandate-unknown'],
      handle: async ({ actor, params, body }) => ({
        body: await outcome(consent.decide(actor, { ...body, ...params })),
      }),
    }),
  ];
}

async function outcome(deciding: ReturnType<Consent['decide']>) {
  const { plugin, purpose, state, valid, revision } = await deciding;
  return { plugin, purpose, state, valid, revision };
}
