import { Type } from 'typebox';
import { defineRoute, type Route } from '../http/index.ts';
import type { Actor } from '../identity/index.ts';
import type { Consent } from './consent.ts';
import { ConsentList, ConsentOutcome, DecisionBody, Policy, ReviewShown, StandingBody } from './schemas.ts';

const isFamily = ({ role }: Actor): boolean => role === 'guardian' || role === 'student';
const child = Type.Object({ child: Type.String({ pattern: '^(me|[0-9a-f-]{36})$' }) });

const isOfficer = ({ role }: Actor): boolean => role === 'dataProtectionOfficer';
const isAdministrator = ({ role }: Actor): boolean => role === 'siteAdministrator';

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
    defineRoute<Actor>()({
      method: 'GET',
      path: '/api/family/consents/review',
      summary: 'Every consent that stands, of all children, on one page; and whether the yearly look is due.',
      access: isFamily,
      responses: { 200: ReviewShown },
      handle: async ({ actor, language }) => ({ body: await consent.review(actor, language) }),
    }),
    defineRoute<Actor>()({
      method: 'POST',
      path: '/api/family/consents/review',
      summary: 'The yearly look is done; everything stays as it is.',
      access: isFamily,
      responses: { 204: Type.Null() },
      handle: async ({ actor }) => {
        await consent.finishReview(actor);
        return { status: 204 };
      },
    }),
    defineRoute<Actor>()({
      method: 'POST',
      path: '/api/officer/consents/standing',
      summary:
        "Suspend, resume or declare invalid every consent to one purpose of a plugin. Logged in each family's view.",
      access: isOfficer,
      freshSignIn: true,
      body: StandingBody,
      responses: { 200: Type.Object({ changed: Type.Integer() }) },
      errors: ['not-allowed'],
      handle: async ({ actor, body }) => ({ body: await consent.life.changeStanding(actor, body) }),
    }),
    defineRoute<Actor>()({
      method: 'GET',
      path: '/api/municipality/consent-policies',
      summary: 'Purposes for which the municipality asks otherwise than any guardian, and the learner from 13.',
      access: isAdministrator,
      responses: { 200: Type.Array(Policy) },
      handle: async ({ actor }) => ({ body: await consent.policies.list(actor) }),
    }),
    defineRoute<Actor>()({
      method: 'PUT',
      path: '/api/municipality/consent-policies',
      summary: 'Choose who must agree to a purpose: any guardian, all of them, or the learner alone.',
      access: isAdministrator,
      body: Policy,
      responses: { 204: Type.Null() },
      handle: async ({ actor, body }) => {
        await consent.policies.set(actor, body);
        return { status: 204 };
      },
    }),
  ];
}

async function outcome(deciding: ReturnType<Consent['decide']>) {
  const { plugin, purpose, state, valid, revision } = await deciding;
  return { plugin, purpose, state, valid, revision };
}
